using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Whatever can be read with GET answers HEAD as well (RFC 9110, 9.1): link checkers and monitors ask so. The server leaves the body out.</summary>
public sealed class HeadRequests : IActionModelConvention
{
    private static readonly string[] Both = [HttpMethods.Get, HttpMethods.Head];

    public void Apply(ActionModel action)
    {
        foreach (var selector in action.Selectors)
        {
            var constraint = selector.ActionConstraints.OfType<HttpMethodActionConstraint>().FirstOrDefault(c => c.HttpMethods.SequenceEqual([HttpMethods.Get]));
            if (constraint is null) continue;
            selector.ActionConstraints[selector.ActionConstraints.IndexOf(constraint)] = new HttpMethodActionConstraint(Both);
            foreach (var metadata in selector.EndpointMetadata.OfType<HttpMethodMetadata>().ToList()) selector.EndpointMetadata.Remove(metadata);
            selector.EndpointMetadata.Add(new HttpMethodMetadata(Both));
        }
    }
}
