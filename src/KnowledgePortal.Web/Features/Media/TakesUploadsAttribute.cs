using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>
/// Lets a request be as large as a video, for those who may upload and for nobody else; runs before the antiforgery check, which reads the form.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class TakesUploadsAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    public const string Permission = "ManageOwnMediaContent";
    private const int MostValues = 20_000;

    public int Order => 900;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!http.Request.HasFormContentType) return;
        var (services, of) = (http.RequestServices, http.Features);
        if (await services.GetRequiredService<RolePermissions>().HasAsync(http.User.ToVisitor(), Permission))
        {
            var largest = services.GetRequiredService<Uploads>().LargestRequest;
            if (of.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = largest;
            of.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = largest, ValueCountLimit = MostValues }));
        }
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception error) when (error is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } or InvalidDataException)
        {
            context.Result = new ViewResult { ViewName = "TooLarge", StatusCode = StatusCodes.Status413PayloadTooLarge };
        }
    }
}
