using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>
/// What the lists of a form offer to somebody: terms, items, people, own files. A list that is longer than a page can show is searched; its plan then
/// offers what is chosen and what was found.
/// </summary>
public sealed class FormChoices(Database database, RolePermissions permissions)
{
    public const int MostListed = 200;
    private const int MostFound = 20;
    private const int MostFiles = 24;
    private const int LongestWords = 200;

    /// <summary>Null for a field that offers nothing from the site.</summary>
    public static ChoiceSource? SourceOf(ContentFieldDefinition field, IReadOnlyDictionary<string, ContentTypeDefinition> types) => field.FieldType switch
    {
        "TaxonomyField" => new ChoiceSource("term", [field.Settings.Text("TaxonomyContentItemId")]) { LeavesOnly = field.Settings.Flag("LeavesOnly") },
        "ContentPickerField" => new ChoiceSource("item", field.Settings.Flag("DisplayAllContentTypes") ? [.. types.Keys] : JsonMembers.Texts(field.Settings, "DisplayedContentTypes")),
        "UserPickerField" => new ChoiceSource("person", field.Settings.Flag("DisplayAllUsers", otherwise: true) ? [] : JsonMembers.Texts(field.Settings, "DisplayedRoles")),
        "MediaField" => new ChoiceSource("file", JsonMembers.Texts(field.Settings, "AllowedExtensions")),
        _ => null,
    };

    /// <summary>Everything, up to a page's worth; more means that the list must be searched.</summary>
    public async Task<(IReadOnlyList<Choice> Choices, bool IsSearched)> ListAsync(ChoiceSource source, Visitor visitor)
    {
        var choices = await QueryAsync(source, visitor, "", [], source.Kind == "file" ? MostFiles : MostListed + 1);
        return choices.Count > MostListed ? ([], true) : (choices, false);
    }

    /// <summary>The first of those that contain the words.</summary>
    public Task<IReadOnlyList<Choice>> FindAsync(ChoiceSource source, Visitor visitor, string words) =>
        QueryAsync(source, visitor, words.Length > LongestWords ? words[..LongestWords] : words, [], MostFound);

    /// <summary>Gives searched fields what is chosen in them, and what the field at <paramref name="find"/> was searched for.</summary>
    public async Task<FormSchema> CompleteAsync(FormSchema schema, TypedForm typed, Visitor visitor, string? find = null)
    {
        var choices = new Dictionary<FieldPlan, IReadOnlyList<Choice>>(ReferenceEqualityComparer.Instance);
        foreach (var (plan, prefix) in schema.Placed(typed).Where(f => f.Plan is { IsSearched: true, Source: not null }).ToList())
        {
            var path = prefix + plan.Path;
            var ids = typed.All(path).Where(v => v.Length > 0).Take(MostListed).ToList();
            var chosen = ids.Count == 0 ? [] : await QueryAsync(plan.Source!, visitor, "", ids, MostListed);
            var found = path == find ? await FindAsync(plan.Source!, visitor, TypedText.Line(typed.Text($"{path}.Find"))) : [];
            typed.Set($"{path}.Found", found.Select(f => f.Value));
            choices[plan] = [.. choices.GetValueOrDefault(plan, []).Concat(chosen).Concat(found).DistinctBy(c => c.Value)];
        }
        return choices.Count == 0 ? schema : schema.With(plan => choices.TryGetValue(plan, out var offered) ? plan with { Choices = offered } : plan);
    }

    private async Task<IReadOnlyList<Choice>> QueryAsync(ChoiceSource source, Visitor visitor, string words, IReadOnlyList<string> ids, int most)
    {
        var open = new List<string>();
        if (source.Kind == "item")
            foreach (var type in source.Names)
                if (await permissions.MayAsync(visitor, ContentAction.Preview, type)) open.Add(type);
        var viewers = (await permissions.ViewersAsync(visitor)).Values;
        return await database.QueryAsync<Choice>(
            $"select value, label from ({Sql(source)}) offered where (@words = '' or instr(lower(label), lower(@words)) > 0) and (@any = 1 or value in @ids) limit @most",
            new { names = source.Names, viewers, open, visitor.Name, words, ids, any = ids.Count == 0, most, all = source.Names.Count == 0 });
    }

    private static string Sql(ChoiceSource source) => source.Kind switch
    {
        "term" => $"""
            select t.term_id as value, case when t.parent_term_id is null then t.title else '— ' || t.title end as label from term_index t where t.taxonomy_item_id in @names
            {(source.LeavesOnly ? "and not exists (select 1 from term_index c where c.parent_term_id = t.term_id)" : "")} order by t.position
            """,
        // Of types whose drafts somebody may see the latest version is offered; of others what he may see of what is published, and what is his own.
        "item" => $"""
            select i.content_item_id as value, i.display_text || case when i.has_published = 1 then '' else ' (ร่าง)' end as label from (
              select content_item_id, display_text, modified_utc, max(published) over (partition by content_item_id) as has_published,
                row_number() over (partition by content_item_id order by published, id desc) as place
              from content_items where content_type in @names and (latest = 1 and (content_type in @open or owner = @Name) or published = 1 and {ViewerTokens.See("content_items.content_item_id")})) i
            where i.place = 1 order by i.modified_utc desc nulls last
            """,
        "person" => """
            select a.account_id as value, a.display_name as label from accounts a
            where a.is_enabled = 1 and (@all = 1 or exists (select 1 from account_roles r where r.account_id = a.account_id and r.role in @names)) order by a.display_name
            """,
        "file" => $"""
            select media_path as value, file_name as label from media_files
            where uploaded_by = @Name and (@all = 1 {string.Concat(source.Names.Where(IsExtension).Select(n => $" or lower(file_name) like '%{n.ToLowerInvariant()}'"))}) order by uploaded_utc desc
            """,
        "viewer" => GroupWords.Rows,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, "unknown kind of choices"),
    };

    private static bool IsExtension(string name) => name.All(c => c == '.' || char.IsAsciiLetterOrDigit(c));
}

/// <summary>Where choices come from: terms of taxonomies, items of types, people of roles, one's own files of extensions; no names mean all people or files.</summary>
public sealed record ChoiceSource(string Kind, IReadOnlyList<string> Names)
{
    public bool LeavesOnly { get; init; }

    /// <summary>Fields with the same key offer the same.</summary>
    public string Key => $"{Kind}:{LeavesOnly}:{string.Join(',', Names)}";
}
