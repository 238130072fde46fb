using System.Text.Json.Nodes;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>A session as an Event of schema.org.</summary>
public static class SessionEvent
{
    private const string Schema = "https://schema.org/";

    public static JsonObject Of(SessionPage page)
    {
        var session = page.Session;
        return SchemaOrg.Thing(
            "Event",
            ("name", session.Title), ("description", session.OneLine), ("url", page.Url), ("inLanguage", "th"),
            ("startDate", session.StartTime is { } start ? SchemaOrg.Time(session.HeldOn, start) : SchemaOrg.Day(session.HeldOn)),
            ("endDate", session.EndTime is { } end ? SchemaOrg.Time(session.HeldOn, end) : null),
            ("eventStatus", Schema + "EventScheduled"), ("eventAttendanceMode", Mode(page)), ("location", Location(page)),
            ("organizer", SchemaOrg.Organisation(page.Host?.Title ?? session.CommunityTitle)),
            ("performer", new JsonArray([.. page.Speakers.Select(s => s.Name.Length > 0 ? SchemaOrg.Thing("Person", ("name", s.Name), ("jobTitle", s.Position)) : SchemaOrg.Organisation(s.Organisation))])),
            ("isAccessibleForFree", true));
    }

    private static string? Mode(SessionPage page) => page.Mode switch
    {
        "online" => Schema + "OnlineEventAttendanceMode",
        "hybrid" => Schema + "MixedEventAttendanceMode",
        "onsite" => Schema + "OfflineEventAttendanceMode",
        _ => null,
    };

    // An event must be somewhere: what the record does not say narrower is in the country.
    private static JsonNode Location(SessionPage page)
    {
        var virtually = SchemaOrg.Thing("VirtualLocation", ("url", page.Url));
        if (page.Mode == "online") return virtually;
        var place = SchemaOrg.Thing(
            "Place", ("name", page.Venue ?? page.Session.VenueProvince ?? page.Host?.Title ?? page.Session.CommunityTitle),
            ("address", SchemaOrg.Thing("PostalAddress", ("addressLocality", page.Session.VenueDistrict), ("addressRegion", page.Session.VenueProvince), ("addressCountry", "TH"))));
        return page.Mode == "hybrid" ? new JsonArray(place, virtually) : place;
    }
}
