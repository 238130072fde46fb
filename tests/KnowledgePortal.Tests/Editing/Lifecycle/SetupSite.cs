using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>A site without demo content, whose clock-driven rounds a test may run at any time of its own.</summary>
public sealed class SetupSite : IAsyncLifetime
{
    public EditorSite Site { get; } = new() { Recipe = "setup.recipe.json" };

    public Database Database => Get<Database>();

    public ContentLifecycle Lifecycle => Get<ContentLifecycle>();

    public ContentManager Contents => Get<ContentManager>();

    public T Get<T>() where T : notnull => Site.Services.GetRequiredService<T>();

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    /// <summary>A page of somebody, stored as a draft.</summary>
    public async Task<ContentItem> DraftAsync(string title, string owner = "somchai")
    {
        var item = Lifecycle.New("Page", new Actor(owner));
        item.DisplayText = title;
        item.Parts["TitlePart"] = new JsonObject { ["Title"] = title };
        item.Parts["AutoroutePart"] = new JsonObject { ["Path"] = "page-" + item.ContentItemId };
        item.Parts["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = "เนื้อหา" };
        await DoAsync(t => Lifecycle.CreateAsync(item, new Actor(owner), t));
        return item;
    }

    public async Task SaveAsync(ContentItem item, string title, string actor = "somchai")
    {
        var basedOn = ContentVersion.Of(item);
        item.DisplayText = title;
        item.Parts["TitlePart"]!["Title"] = title;
        await DoAsync(t => Lifecycle.SaveDraftAsync(item, basedOn, new Actor(actor), t));
    }

    public Task PublishAsync(ContentItem item) => DoAsync(t => Lifecycle.PublishAsync(item.ContentItemId, new Actor("somchai"), t));

    public async Task DoAsync(Func<DatabaseTransaction, Task> change)
    {
        await using var transaction = await Database.BeginAsync();
        await change(transaction);
        await transaction.CommitAsync();
    }

    public Task<ContentItem?> LatestAsync(ContentItem item) => Contents.GetAsync(item.ContentItemId, VersionOptions.Latest);

    public Task<ContentItem?> ShownAsync(ContentItem item) => Contents.GetAsync(item.ContentItemId);

    public Task<long> VersionsAsync(ContentItem item) => Database.FirstAsync<long>("select count(*) from content_items where content_item_id = @ContentItemId", new { item.ContentItemId });
}
