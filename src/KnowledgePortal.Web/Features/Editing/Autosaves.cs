using System.Text.Json;
using KnowledgePortal.Cms.Data;
using Microsoft.Extensions.Primitives;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What somebody has typed and not saved.</summary>
public sealed record Autosave
{
    public string ContentItemId { get; init; } = "";
    public string SavedUtc { get; init; } = "";
    public string Boxes { get; init; } = "";

    /// <summary>The form as it was posted.</summary>
    public IFormCollection Form => new FormCollection(
        (JsonSerializer.Deserialize<Dictionary<string, string[]>>(Boxes) ?? []).ToDictionary(b => b.Key, b => new StringValues(b.Value)));
}

/// <summary>Keeps what a person has typed, one row for each person and item; never touches the item itself.</summary>
public sealed class Autosaves(Database database, TimeProvider clock)
{
    public const int LongestForm = 2_000_000;
    private const int DaysKept = 30;
    private const string Columns = "select content_item_id, saved_utc, boxes from autosaves ";

    public Task<Autosave?> FindAsync(string userName, string contentItemId) =>
        database.FirstAsync<Autosave>(Columns + "where user_name = @userName and content_item_id = @contentItemId", new { userName, contentItemId });

    /// <summary>The newest form of a type that was never saved at all.</summary>
    public Task<Autosave?> FindNewAsync(string userName, string contentType) => database.FirstAsync<Autosave>(
        Columns + """
        a where user_name = @userName and content_type = @contentType and not exists (select 1 from content_items i where i.content_item_id = a.content_item_id)
        order by saved_utc desc
        """,
        new { userName, contentType });

    /// <summary>False when the form is longer than any that can be saved.</summary>
    public async Task<bool> KeepAsync(string userName, string contentItemId, string contentType, IFormCollection form)
    {
        var boxes = JsonSerializer.Serialize(form.Where(b => b.Key != "action" && !b.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(b => b.Key, b => b.Value.ToArray()), JsonText.Options);
        if (boxes.Length > LongestForm) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await database.BeginAsync(isDurable: false);
        await transaction.ExecuteAsync(
            """
            insert into autosaves (user_name, content_item_id, content_type, saved_utc, boxes) values (@userName, @contentItemId, @contentType, @now, @boxes)
            on conflict (user_name, content_item_id) do update set saved_utc = excluded.saved_utc, boxes = excluded.boxes
            """,
            new { userName, contentItemId, contentType, now = InvariantTime.Format(now), boxes });
        await transaction.ExecuteAsync("delete from autosaves where saved_utc < @old", new { old = InvariantTime.Format(now.AddDays(-DaysKept)) });
        await transaction.CommitAsync();
        return true;
    }

    public async Task ClearAsync(string userName, string contentItemId)
    {
        if (await FindAsync(userName, contentItemId) is null) return;
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync("delete from autosaves where user_name = @userName and content_item_id = @contentItemId", new { userName, contentItemId });
        await transaction.CommitAsync();
    }
}
