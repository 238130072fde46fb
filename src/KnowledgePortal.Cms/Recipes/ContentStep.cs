using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>content</c>: imports items as they are; an equal version that is there already is left alone.</summary>
public sealed class ContentStep(ContentImport import) : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "content";

    /// <inheritdoc/>
    public string LongList => "data";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        var at = 0;
        foreach (var json in context.LongList)
        {
            at++;
            var item = Read(json, context.Report);
            try
            {
                var outcome = await import.TakeAsync(item, context.Transaction);
                if (outcome != ImportOutcome.Unchanged) context.Report.Wrote($"{item.ContentType} \"{item.DisplayText}\"", outcome == ImportOutcome.Added);
            }
            catch (InvalidContentException error)
            {
                throw context.Refuse($"item {at}: {error.Message}");
            }
            if (item.Published) await ReportAddressAsync(item, context);
        }
    }

    private static ContentItem Read(JsonObject json, RecipeStepReport report)
    {
        var item = ContentItemJson.Read(json);
        // Flags that a recipe leaves out mean what they meant when recipes had none: an item that everybody sees.
        if (!json.ContainsKey("Published") && !json.ContainsKey("Latest")) item.Published = true;
        if (!json.ContainsKey("Latest")) item.Latest = true;
        if (item.ContentItemId.Length > 0 || item.ContentType.Length == 0) return item;
        item.ContentItemId = ContentIds.New();
        report.NewIds++;
        return item;
    }

    private static async Task ReportAddressAsync(ContentItem item, RecipeStepContext context)
    {
        if (AddressBook.Of(item) is not { Length: > 0 } path) return;
        if (!AddressBook.IsSound(path)) context.Report.Skip("/" + path, $"not an address; {item.ContentItemId} is kept without one");
        else if (await AddressBook.OwnerAsync(path, item, context.Transaction) is { } owner)
            context.Report.Skip("/" + path, $"the address belongs to {owner} already; {item.ContentItemId} is kept without one");
    }
}
