using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>An entry of the main menu.</summary>
public sealed record MenuEntry(string Url, string Label);

/// <summary>The main menu: the entries of the published menu with the alias <c>main-menu</c>; where there is none, the portal's own
/// sections. It is the same for all, so it leads to what everybody may see.</summary>
public sealed class SiteMenu
{
    private const string Handle = "alias:main-menu";
    private const int MostEntries = 8; // more do not stand side by side

    private static readonly IReadOnlyList<MenuEntry> Own =
        [new("/cop", "ชุมชนและบันทึก"), new("/practices", "แนวปฏิบัติที่ดี"), new("/provinces", "77 จังหวัด"), new("/calendar", "ปฏิทิน")];

    private readonly AddressBook _addresses;
    private readonly ContentManager _contents;
    private readonly ShownParts _parts;
    private readonly PerGeneration<IReadOnlyList<MenuEntry>> _entries;

    public SiteMenu(AddressBook addresses, ContentManager contents, ShownParts parts, ContentGeneration generation)
    {
        (_addresses, _contents, _parts) = (addresses, contents, parts);
        _entries = new PerGeneration<IReadOnlyList<MenuEntry>>(generation, ReadAsync);
    }

    public Task<IReadOnlyList<MenuEntry>> EntriesAsync() => _entries.GetAsync();

    private async Task<IReadOnlyList<MenuEntry>> ReadAsync() =>
        await _addresses.FindAsync(Handle) is { } id && await _contents.GetAsync(id, ViewerTokens.Public) is { } menu && await OfAsync(menu) is { Count: > 0 } entries ? entries : Own;

    private async Task<IReadOnlyList<MenuEntry>> OfAsync(ContentItem menu)
    {
        var entries = new List<MenuEntry>();
        foreach (var item in ContentItem.Nested((menu.Parts["MenuItemsListPart"] as JsonObject)?["MenuItems"]).Take(MostEntries))
            if (item.DisplayText.Length > 0 && await _parts.AddressAsync(item, ViewerTokens.Public) is { } address) entries.Add(new MenuEntry(address, item.DisplayText));
        return entries;
    }
}
