using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Unicode;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Api;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Features.Pages;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Health;
using KnowledgePortal.Web.Hosting.Limits;
using KnowledgePortal.Web.Hosting.PageCache;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

// Storage and code are invariant; Thai dates and numbers are made by the views, whatever LANG says.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

if (args.Length > 0 && !args[0].StartsWith("--", StringComparison.Ordinal) || args is ["--help"]) return await Verbs.RunAsync(args);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
PortalSettings settings;
try
{
    settings = PortalSettings.Read(builder.Configuration);
    builder.Services.AddPortal(settings);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return Verbs.WrongUsage;
}
if (builder.Configuration["setup"] is { } recipe && await Verbs.SetUpIfEmptyAsync(settings, recipe) is var code && code != 0) return code;

builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // warns at every start that keys are not encrypted; they lie in the database
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    ServerLimits.Configure(kestrel.Limits);
    kestrel.Listen(IPAddress.Loopback, settings.Port);
});
builder.Services.AddPageCache();
builder.Services.AddRequestLimits();
builder.Services.AddControllersWithViews(mvc =>
    {
        mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
        mvc.Conventions.Add(new HeadRequests());
    })
    .AddRazorOptions(ThemeViewLocations.Configure);
builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All));
builder.Services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
builder.Services.Remove(builder.Services.Single(s => s.ImplementationType?.Name == "DataProtectionHostedService")); // the key is made below, where there is a table for it

var app = builder.Build();
await SiteStart.PatientlyAsync(async () =>
{
    await SiteStart.PrepareAsync(app.Services);
    // The key of cookies and forms is there before the first page: made inside a change, it would wait for that change for ever.
    if (await app.Services.GetRequiredService<SiteState>().IsSetUpAsync()) app.Services.GetDataProtector("start").Protect([]);
    return true;
});
app.Services.GetRequiredService<MediaRecovery>().Sweep();
app.UseReadersAddress();
app.UseSecurityHeaders();
app.UseHostFiltering();
app.UseThemeAssets();
if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/errors/500");
app.UseStatusCodePagesWithReExecute("/errors/{0}");
app.UseBusyDatabase();
app.UseApiAnswers(); // inside: it has words of its own for a busy database
app.UseNotSetUp();
app.UseMembers();
app.UseApiCallers();
app.UsePreview();
app.UseFormerAddresses();
app.UseHomePath();
app.UseRouting();
app.UseRateLimiter();
app.UseOutputCache();
app.UseResponseCompression(); // inside the cache, so that pages are kept compressed
app.MapHealth();
app.MapControllers();
app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(Words.Pick("เปิดใช้งานที่ ", "serving at ") + string.Join(' ', app.Urls)));
try
{
    await app.RunAsync();
    return Verbs.Done;
}
catch (IOException error)
{
    Console.Error.WriteLine(Words.Pick($"เปิดพอร์ต {settings.Port} ไม่ได้: ", $"cannot listen on port {settings.Port}: ") + error.Message);
    return Verbs.Refused;
}

public partial class Program;
