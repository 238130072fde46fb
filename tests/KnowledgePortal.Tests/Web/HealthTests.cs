using System.Collections.Concurrent;
using System.Net;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class HealthTests(DemoSite demo)
{
    [Fact]
    public async Task A_site_that_is_set_up_and_indexed_is_live_and_ready()
    {
        (await demo.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await demo.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Before_a_recipe_has_run_the_site_is_live_but_not_ready_and_says_how_to_set_it_up()
    {
        using var folder = new ScratchFolder();
        var errors = new LoggedErrors();
        await using var host = new PortalHost(folder.Path, configure: services => services.AddSingleton<ILoggerProvider>(errors));
        host.Start();
        var client = host.CreateClient();
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var home = await client.GetAsync("/");
        home.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await home.Content.ReadAsStringAsync()).ShouldContain("./portal setup recipes/demo.recipe.json");
        errors.Texts.ShouldBeEmpty();
    }

    private sealed class LoggedErrors : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Texts.Enqueue($"{formatter(state, exception)} {exception?.Message}");
        }

        public void Dispose() { }
    }
}
