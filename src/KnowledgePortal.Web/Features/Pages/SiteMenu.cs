using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>An entry of the main menu.</summary>
public sealed record MenuEntry(string Url, string Label);

/// <summary>The main menu: the entries of the published menu with the alias <c>main-menu</c>; where there is none, the portal's own sections.</summary>
public sealed class SiteMenu(AddressBook addresses, ContentManager contents, ShownParts parts, ContentGeneration generation)
{
    private const string Handle = "alias:main-menu";
    private const int MostEntries = 8; // more do not stand side by side

    private static readonly IReadOnlyList<MenuEntry> Own =
        [new("/cop", "ชุมชนและบันทึก"), new("/practices", "แนวปฏิบัติที่ดี"), new("/provinces", "77 จังหวัด"), new("/calendar", "ปฏิทิน")];

    private volatile Known? _known;

    public async Task<IReadOnlyList<MenuEntry>> EntriesAsync()
    {
        var current = generation.Current;
        if (_known is { } known && known.Generation == current) return known.Entries;
        var entries = await addresses.FindAsync(Handle) is { } id && await contents.GetAsync(id) is { } menu ? await OfAsync(menu) : [];
        _known = new Known(current, entries.Count > 0 ? entries : Own);
        return _known.Entries;
    }

    private async Task<IReadOnlyList<MenuEntry>> OfAsync(ContentItem menu)
    {
        var entries = new List<MenuEntry>();
        foreach (var item in ContentItem.Nested((menu.Parts["MenuItemsListPart"] as JsonObject)?["MenuItems"]).Take(MostEntries))
            if (item.DisplayText.Length > 0 && await parts.AddressAsync(item) is { } address) entries.Add(new MenuEntry(address, item.DisplayText));
        return entries;
    }

    private sealed record Known(long Generation, IReadOnlyList<MenuEntry> Entries);
}
