using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>Fills <c>session_index</c>.</summary>
public sealed class SessionHandler : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != SessionPart.ContentType) return;
        var before = await transaction.FirstAsync<Before>(
            "select recording_seconds, community_id, community_title, community_short_name from session_index where content_item_id = @ContentItemId", new { item.ContentItemId });
        await UnpublishedAsync(item, transaction);
        var part = item.As<SessionPart>();
        // A community that is withdrawn gives no name: its sessions keep the one that they have.
        var (communityTitle, communityShortName) = before is not null && before.CommunityId == part.CommunityId ? (before.CommunityTitle, before.CommunityShortName) : ("", "");
        if (part.HeldOn is not { } heldOn) throw new InvalidContentException($"the session \"{item.DisplayText}\" has no date (CopSession.HeldOn)");
        await transaction.ExecuteAsync(
            """
            insert into session_index (content_item_id, path, title, one_line, kind, community_id, community_title, community_short_name, series_no, fiscal_year, award_year,
              held_on, start_time, end_time, host_term_id, venue_district, venue_province_term_id, takeaway_count,
              attendance_count, attendance_qualifier, record_state, next_session_id, recording_seconds)
            values (@ContentItemId, @path, @DisplayText, @OneLine, @Kind, @community, @communityTitle, @communityShortName, @SeriesNo, @fiscalYear, @AwardYear,
              @heldOn, @StartTime, @EndTime, @host, @VenueDistrict, @venueProvince, @takeaways,
              @AttendanceCount, @qualifier, @state, @NextSessionId, @seconds)
            """,
            new
            {
                item.ContentItemId, path = item.As<AutoroutePart>().Path, item.DisplayText, part.OneLine, part.Kind,
                community = part.CommunityId ?? "", communityTitle, communityShortName, part.SeriesNo, fiscalYear = part.FiscalYear ?? FiscalYear.Of(heldOn), part.AwardYear,
                heldOn, part.StartTime, part.EndTime, host = part.Host.FirstOrDefault(), part.VenueDistrict,
                venueProvince = part.VenueProvince.FirstOrDefault(), takeaways = item.Bag("Takeaways").Count,
                part.AttendanceCount, qualifier = part.AttendanceQualifier.Length == 0 ? "unknown" : part.AttendanceQualifier,
                state = part.RecordState.Length == 0 ? "recorded" : part.RecordState, part.NextSessionId, seconds = before?.RecordingSeconds,
            });
        await NameCommunityAsync(part.CommunityId, transaction);
    }

    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from session_index where content_item_id = @ContentItemId", new { item.ContentItemId });

    /// <summary>Writes the community's present name onto its sessions.</summary>
    public static async Task NameCommunityAsync(string? communityId, DatabaseTransaction transaction)
    {
        var document = await transaction.FirstAsync<string>(
            "select document from content_items where content_item_id = @communityId and published = 1", new { communityId });
        if (document is null) return;
        var community = ContentItemJson.Read(JsonNode.Parse(document)!.AsObject());
        await transaction.ExecuteAsync(
            """
            update session_index set community_title = @DisplayText, community_short_name = @shortName, community_path = @path
            where community_id = @ContentItemId
            """,
            new
            {
                community.ContentItemId, community.DisplayText, path = community.As<AutoroutePart>().Path,
                shortName = community.As<CommunityName>().ShortName is { Length: > 0 } name ? name : community.DisplayText,
            });
    }

    private sealed record Before
    {
        public int? RecordingSeconds { get; init; }
        public string CommunityId { get; init; } = "";
        public string CommunityTitle { get; init; } = "";
        public string CommunityShortName { get; init; } = "";
    }

    private sealed class CommunityName : ContentPart
    {
        protected override string PartName => "Community";

        public string ShortName => Text();
    }
}

/// <summary>A session lies in its community, which names it and below whose address it stands.</summary>
public sealed class SessionContainment : IContentContainment
{
    public string? ContainerOf(ContentItem item) => item.ContentType == SessionPart.ContentType ? item.As<SessionPart>().CommunityId : null;
}
