using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What became of saving: nothing stands against it, or problems, or a version that somebody else has saved meanwhile.</summary>
public sealed record SaveOutcome(IReadOnlyList<ContentProblem> Problems, ContentItem? Newer, bool HasChanged = false)
{
    public bool IsSaved => Problems.Count == 0 && Newer is null;
}

/// <summary>Saves what an editor has typed, and publishes it when asked to: both or nothing, in one transaction.</summary>
public sealed class Drafts(Database database, ContentManager contents, ContentLifecycle lifecycle, NewTags tags, IEnumerable<IContentCompletion> completions)
{
    private readonly IContentCompletion[] _completions = [.. completions];

    /// <summary>A new item of a type; nothing is stored.</summary>
    public ContentItem New(string contentType, Actor owner) => lifecycle.New(contentType, owner);

    /// <summary>One version of an item; null when it is not there any more.</summary>
    public Task<ContentItem?> VersionAsync(string contentItemId, string versionId) => contents.VersionAsync(contentItemId, versionId);

    /// <param name="item">What to save.</param>
    /// <param name="before">The version that the form was filled from; null for a new item.</param>
    /// <param name="basedOn">The version that the editor saw.</param>
    /// <param name="actor">Who.</param>
    /// <param name="publish">Whether readers shall see it.</param>
    public async Task<SaveOutcome> SaveAsync(ContentItem item, ContentItem? before, ContentVersion? basedOn, Actor actor, bool publish)
    {
        await using var transaction = await database.BeginAsync();
        await RenewAddressAsync(item, before, transaction);
        foreach (var completion in _completions) await completion.CompleteAsync(item, transaction);
        await tags.AddAsync(item, before, actor, transaction);
        bool hasChanged;
        try
        {
            hasChanged = await lifecycle.SaveDraftAsync(item, basedOn, actor, transaction);
        }
        catch (StaleContentException stale)
        {
            return new SaveOutcome([], stale.Current);
        }
        if (publish)
        {
            if (await lifecycle.ValidateAsync(item, transaction) is { Count: > 0 } problems) return new SaveOutcome(problems, null);
            await lifecycle.PublishAsync(item.ContentItemId, actor, transaction);
        }
        await transaction.CommitAsync();
        return new SaveOutcome([], null, hasChanged);
    }

    /// <summary>What stands against publishing the item as it is.</summary>
    public async Task<IReadOnlyList<ContentProblem>> CheckAsync(ContentItem item)
    {
        await using var transaction = await database.BeginAsync();
        return await lifecycle.ValidateAsync(item, transaction);
    }

    // An address that was made from the title, and that nobody has seen yet, follows the title; one that somebody has typed does not.
    private async Task RenewAddressAsync(ContentItem item, ContentItem? before, DatabaseTransaction transaction)
    {
        var address = item.As<AutoroutePart>().Path;
        if (before is null || before.PublishedUtc is not null || address.Length == 0 || before.As<AutoroutePart>().Path != address) return;
        var again = ContentItemJson.Read(ContentItemJson.Write(before));
        again.Parts["AutoroutePart"]!["Path"] = "";
        foreach (var completion in _completions) await completion.CompleteAsync(again, transaction);
        if (again.As<AutoroutePart>().Path == address) item.Parts["AutoroutePart"]!["Path"] = "";
    }
}
