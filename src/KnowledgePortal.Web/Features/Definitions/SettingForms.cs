using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>Fills the lists of settings with what the site has, and writes what was typed.</summary>
public sealed class SettingForms(Database database, ContentDefinitions definitions, SiteSettings site)
{
    private const int MostTaxonomies = 500;

    public async Task<IReadOnlyList<SettingPlan>> OfferAsync(IEnumerable<SettingPlan> plans, JsonObject settings)
    {
        var offered = new List<SettingPlan>();
        foreach (var plan in plans) offered.Add(plan.Offers == SettingOffer.Fixed ? plan : plan with { Offered = WithStored(await OfferAsync(plan), plan, settings) });
        return offered;
    }

    /// <summary>False when something typed cannot be; the reasons are in <paramref name="state"/>.</summary>
    public static bool Write(IEnumerable<SettingPlan> plans, JsonObject settings, IFormCollection typed, ModelStateDictionary state)
    {
        foreach (var plan in plans)
            if (plan.Write(settings, [.. typed[plan.Name].OfType<string>()]) is { } wrong) state.AddModelError(plan.Name, wrong);
        return state.IsValid;
    }

    private async Task<IReadOnlyList<Choice>> OfferAsync(SettingPlan plan)
    {
        var types = (await definitions.AllAsync()).Values;
        return plan.Offers switch
        {
            SettingOffer.Types => [.. types.OrderBy(t => t.DisplayName, StringComparer.Ordinal).Select(t => new Choice(t.Name, t.DisplayName))],
            SettingOffer.Roles => [.. (await site.WithPrefixAsync("role:")).Keys.Select(r => new Choice(r, RoleNames.Title(r)))],
            _ => await database.QueryAsync<Choice>(
                "select content_item_id as value, display_text as label from content_items where latest = 1 and content_type in @names order by display_text limit @MostTaxonomies",
                new { names = types.Where(t => t.Parts.Any(p => p.PartName == "TaxonomyPart")).Select(t => t.Name), MostTaxonomies }),
        };
    }

    // What is set may be of a type or role that this site does not have; it must not be lost by saving.
    private static IReadOnlyList<Choice> WithStored(IReadOnlyList<Choice> offered, SettingPlan plan, JsonObject settings) =>
        [.. offered, .. plan.Read(settings).Split('\n').Where(v => v.Length > 0 && offered.All(o => o.Value != v)).Select(v => new Choice(v, v))];
}
