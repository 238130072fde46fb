namespace KnowledgePortal.Web.Hosting;

/// <summary>Before a recipe has run, every page says how to run one instead of failing.</summary>
public static class NotSetUp
{
    private const string Page = """
        <!doctype html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>ยังไม่ได้ตั้งค่าเว็บไซต์</title></head><body><main><h1>ยังไม่ได้ตั้งค่าเว็บไซต์</h1>
        <p>สร้างเว็บไซต์จากสูตรด้วยคำสั่งใดคำสั่งหนึ่ง แล้วเปิดหน้านี้อีกครั้ง</p>
        <pre>./portal setup recipes/demo.recipe.json
        ./portal setup recipes/setup.recipe.json</pre></main></body></html>
        """;

    public static IApplicationBuilder UseNotSetUp(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/health") || await context.RequestServices.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            await next();
            return;
        }
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (context.Request.Path.StartsWithSegments("/api")) return;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Page);
    });
}
