using System.Xml.Linq;
using KnowledgePortal.Cms.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>The keys of cookies and forms, in the database: they are the site's, not the machine's. The framework reads them when one is first needed, and once a day.</summary>
public sealed class ProtectionKeys(Database database) : IXmlRepository
{
    // The framework asks for an answer, not for a task.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => WriteAsync(element, friendlyName)).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync() =>
        [.. (await database.QueryAsync<string>("select document from protection_keys order by name")).Select(d => XElement.Parse(d))];

    private async Task WriteAsync(XElement element, string name)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            "insert into protection_keys (name, document) values (@name, @document) on conflict (name) do update set document = excluded.document",
            new { name, document = element.ToString(SaveOptions.DisableFormatting) });
        await transaction.CommitAsync();
    }
}
