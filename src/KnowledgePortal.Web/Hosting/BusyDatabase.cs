using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Hosting;

/// <summary>While the database cannot answer, a page says so at once and asks to come again, instead of failing or waiting. It needs nothing from the database.</summary>
public static partial class BusyDatabase
{
    private const int RetryAfterSeconds = 5;

    private const string Page = """
        <!doctype html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>ระบบไม่ว่างชั่วคราว</title></head><body><main><h1>ระบบไม่ว่างชั่วคราว</h1>
        <p>ฐานข้อมูลยังตอบไม่ได้ในขณะนี้ กรุณารอสักครู่แล้วลองอีกครั้ง หากเพิ่งส่งแบบฟอร์ม ให้ดูก่อนว่าบันทึกแล้วหรือยัง</p>
        <p lang="en">The database cannot answer right now. Please try again in a moment; if you have just sent a form, look first whether it was saved.</p></main></body></html>
        """;

    public static IApplicationBuilder UseBusyDatabase(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        context.RequestServices.GetRequiredService<Database>().Limit(context.RequestServices.GetRequiredService<PortalSettings>().PageWait);
        try
        {
            await next();
        }
        catch (BusyDatabaseException error) when (!context.Response.HasStarted)
        {
            LogBusy(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BusyDatabase)), error);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Page);
        }
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "answered 503")]
    private static partial void LogBusy(ILogger log, Exception error);
}
