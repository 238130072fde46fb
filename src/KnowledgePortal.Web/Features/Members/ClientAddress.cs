using System.Net;
using System.Net.Sockets;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>The network address that limits count by: of IPv6 its first half, because one customer has all of the second.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return $"{new IPAddress(bytes)}/64";
    }
}
