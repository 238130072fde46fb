using Microsoft.AspNetCore.Mvc.Testing;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task A_running_site_says_that_it_lives()
    {
        await using var factory = new WebApplicationFactory<Program>();
        (await factory.CreateClient().GetStringAsync("/health/live")).ShouldBe("ok");
    }
}
