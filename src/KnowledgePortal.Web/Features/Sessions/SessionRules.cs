using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>Fills in what a session's other fields say: the fiscal year from its date, the address from community, year and number or title.</summary>
public sealed class SessionCompletion : IContentCompletion
{
    public async Task CompleteAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != SessionPart.ContentType) return;
        var part = item.As<SessionPart>();
        if (part.FiscalYear is null && part.HeldOn is { } heldOn) Set(item, SessionPart.ContentType, "FiscalYear", new JsonObject { ["Value"] = FiscalYear.Of(heldOn) });
        if (item.As<AutoroutePart>().Path.Length > 0 || item.As<SessionPart>().FiscalYear is not { } year) return;
        if (await SessionAddress.OfCommunityAsync(part.CommunityId, transaction) is not { } community) return;
        var slug = part.SeriesNo is { } no ? $"{no}" : ThaiSlug.Of(item.DisplayText);
        if (slug is not null) Set(item, "AutoroutePart", "Path", await SessionAddress.FreeAsync($"{community}/{year}/{slug}", item, transaction));
    }

    private static void Set(ContentItem item, string part, string name, JsonNode value)
    {
        if (item.Parts[part] is not JsonObject) item.Parts[part] = new JsonObject();
        item.Parts[part]![name] = value;
    }
}

/// <summary>What a session must be so that its community's archive stays true.</summary>
public sealed class SessionValidator : IContentValidator
{
    private const int LastYear = 2699;

    public async Task<IReadOnlyList<ContentProblem>> ValidateAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != SessionPart.ContentType) return [];
        var part = item.As<SessionPart>();
        var problems = new List<ContentProblem>();
        if (part.HeldOn is null) problems.Add(At("HeldOn", "กรอกวันที่จัด", "a date is required"));
        if (part.FiscalYear is null) problems.Add(At("FiscalYear", "กรอกปีงบประมาณ", "a fiscal year is required"));
        if (part.FiscalYear > LastYear) problems.Add(At("FiscalYear", $"ปีงบประมาณต้องไม่เกิน {LastYear}", "the fiscal year is too far ahead"));
        if (part.StartTime is { } start && part.EndTime is { } end && end <= start) problems.Add(At("EndTime", "เวลาเลิกต้องอยู่หลังเวลาเริ่ม", "the end must be after the start"));
        if (part.CommunityId is null) problems.Add(At("Community", "เลือกชุมชน", "a community is required"));
        else if (await SessionAddress.PublishedCommunityAsync(part.CommunityId, transaction) is not { } community)
            problems.Add(At("Community", "ชุมชนนี้ยังไม่เผยแพร่ ให้เผยแพร่ชุมชนก่อน", "the community is not published"));
        else if (part.FiscalYear is { } year && item.As<AutoroutePart>().Path is { Length: > 0 } path && !IsBelow(path, $"{community}/{year}/"))
            problems.Add(new ContentProblem("AutoroutePart", "Path", $"ที่อยู่ต้องขึ้นต้นด้วย {community}/{year}/ แล้วตามด้วยคำเดียว หรือเว้นว่างให้ระบบเสนอ", "the address must lie below its community and year"));
        if (await TakenByAsync(item, part, transaction) is { } other)
            problems.Add(At("SeriesNo", $"ครั้งที่ {part.SeriesNo} ปีงบประมาณ {part.FiscalYear} มีแล้ว{(other.Length > 0 ? $" คือ “{other}”" : "")}", "the number is taken in this community and fiscal year"));
        return problems;
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length && !path.AsSpan(folder.Length).Contains('/');

    private static async Task<string?> TakenByAsync(ContentItem item, SessionPart part, DatabaseTransaction transaction) =>
        part.SeriesNo is null ? null : await transaction.FirstAsync<string>(
            // Whoever asks may not see the other one; then only its number is told.
            """
            select case when exists (select 1 from content_viewers v where v.content_item_id = s.content_item_id and v.viewer = @Everybody) then s.title else '' end
            from session_index s where s.community_id = @CommunityId and s.fiscal_year = @FiscalYear and s.series_no = @SeriesNo and s.content_item_id <> @ContentItemId
            """,
            new { part.CommunityId, part.FiscalYear, part.SeriesNo, item.ContentItemId, ViewGroups.Everybody });

    private static ContentProblem At(string field, string thai, string english) => new(SessionPart.ContentType, field, thai, english);
}

internal static class SessionAddress
{
    private const int MostOfOneName = 100;

    /// <summary>The address of a community, published or not; null while it has none.</summary>
    public static Task<string?> OfCommunityAsync(string? communityId, DatabaseTransaction transaction) => ReadAsync(communityId, "latest", transaction);

    public static Task<string?> PublishedCommunityAsync(string communityId, DatabaseTransaction transaction) => ReadAsync(communityId, "published", transaction);

    public static async Task<string> FreeAsync(string path, ContentItem item, DatabaseTransaction transaction)
    {
        for (var n = 1; n < MostOfOneName; n++)
        {
            var candidate = n == 1 ? path : $"{path}-{n}";
            if (await transaction.FirstAsync<string>(
                "select content_item_id from autoroute_index where path = @candidate and content_item_id <> @ContentItemId", new { candidate, item.ContentItemId }) is null) return candidate;
        }
        return path;
    }

    private static async Task<string?> ReadAsync(string? communityId, string flag, DatabaseTransaction transaction)
    {
        var document = await transaction.FirstAsync<string>(
            $"select document from content_items where content_item_id = @communityId and {flag} = 1 and content_type = 'Community'", new { communityId });
        return document is null ? null : ContentItemJson.Read(JsonNode.Parse(document)!.AsObject()).As<AutoroutePart>().Path is { Length: > 0 } path ? path : null;
    }
}
