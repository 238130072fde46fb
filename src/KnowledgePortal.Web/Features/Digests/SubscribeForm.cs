using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What was typed and chosen, with what is wrong about it, by field.</summary>
public sealed record SubscribeForm
{
    private const int LongestEmail = 320; // what the form shows again of an address that is none
    private const int MostChoices = 200;

    public string Email { get; init; } = "";
    public IReadOnlySet<string> Topics { get; init; } = new HashSet<string>();
    public IReadOnlySet<string> Provinces { get; init; } = new HashSet<string>();

    /// <summary>The key of a search to follow; empty when none is.</summary>
    public string Search { get; init; } = "";

    public string Frequency { get; init; } = DigestFrequency.Weekly.Name();
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    public bool IsRefused => Problems.Count > 0;

    public static SubscribeForm Read(IFormCollection form) => new()
    {
        Email = Cut(form["email"].ToString().Trim()),
        Topics = Chosen(form["topic"]), Provinces = Chosen(form["province"]), Search = Known(form["search"]), Frequency = form["frequency"].ToString(),
    };

    /// <summary>Links may choose beforehand; nothing else is taken from an address.</summary>
    public static SubscribeForm Read(IQueryCollection query) =>
        new() { Topics = Chosen(query["topic"]), Provinces = Chosen(query["province"]), Search = Known(query["search"]) };

    public static SubscribeForm Of(Subscription subscription, InterestList choices) => new()
    {
        Email = subscription.Address, Frequency = subscription.Frequency, Search = subscription.Search,
        Topics = choices.TopicSlugs(subscription.Interests), Provinces = choices.ProvinceSlugs(subscription.Interests),
    };

    public SubscribeForm With(string field, string problem) => this with { Problems = new Dictionary<string, string>(Problems) { [field] = problem } };

    /// <summary>What the form asks for.</summary>
    /// <returns>Null, with words at the fields of <paramref name="answer"/>, when something is wrong.</returns>
    public SubscribeRequest? Check(InterestList choices, bool needsEmail, out SubscribeForm answer)
    {
        answer = this;
        var address = MailAddress.Parse(Email);
        var frequency = DigestFrequencies.Parse(Frequency);
        var interests = choices.Find(Topics, Provinces, SavedSearch.Parse(Search));
        if (needsEmail && address is null)
            answer = answer.With("email", Email.Length == 0 ? "กรอกอีเมลที่ต้องการรับ" : "อีเมลนี้ส่งไม่ได้ ตรวจตัวสะกด เช่น somchai@moi.go.th");
        if (interests is null) answer = answer.With("topic", "มีหัวข้อหรือจังหวัดที่ระบบไม่รู้จัก โปรดเลือกใหม่จากรายการ");
        if (frequency is null) answer = answer.With("frequency", "เลือกความถี่หนึ่งอย่าง");
        return answer.IsRefused ? null : new SubscribeRequest(address, frequency!.Value, interests!);
    }

    // What is no search is none: a link that was cut off still leads to the form.
    private static string Known(string? search) => SavedSearch.Parse(search ?? "")?.Key ?? "";

    private static string Cut(string text) => text.Length <= LongestEmail ? text : text[..LongestEmail];

    private static HashSet<string> Chosen(IEnumerable<string?> values) => [.. values.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!).Take(MostChoices)];
}

/// <summary>A form that is in order; <paramref name="Address"/> is null where none was asked for.</summary>
public sealed record SubscribeRequest(MailAddress? Address, DigestFrequency Frequency, Interests Interests);
