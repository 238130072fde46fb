using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The organizer's workbench: one form for every content type, drafts, preview, publication, history.</summary>
public sealed class EditingFeature : Feature
{
    public override string Id => "Editing";

    public override IReadOnlyList<string> DependsOn => ["Media", "Sessions", "Recordings", "Search"];

    public override void ConfigureServices(IServiceCollection services)
    {
        foreach (var editor in (IFieldEditor[])
        [
            new TitleEditor(), new AddressEditor(), new TextEditor(), new MarkdownEditor(MarkdownEditor.Field), new MarkdownEditor(MarkdownEditor.Body),
            new MultiTextEditor(), new NumberEditor(), new BooleanEditor(), new DateEditor(), new TimeEditor(), new LinkEditor(),
            new TaxonomyEditor(), new PickerEditor(), new PeopleEditor(), new MediaEditor(), new HtmlEditor(HtmlEditor.Field), new HtmlEditor(HtmlEditor.Body), new AliasEditor(),
            new MomentEditor(MomentEditor.Field, "Value"), new MomentEditor(MomentEditor.PublishLater, "ScheduledPublishUtc"), new MomentEditor(MomentEditor.ArchiveLater, "ScheduledArchiveUtc"),
            new PointEditor(), new YoutubeEditor(), new SeoEditor(), new TermTypeEditor(), new MenuLinkEditor(), new MenuTargetEditor(),
            new KeptEditor("LocalizationSetContentPickerField", "LocalizationSets"),
        ]) services.AddSingleton(editor);
        services.AddSingleton<FormChoices>();
        services.AddSingleton<FormSchemas>();
        services.AddSingleton<NewTags>();
        services.AddSingleton<TermAddresses>();
        services.AddSingleton<IContentCompletion>(of => of.GetRequiredService<TermAddresses>());
        services.AddSingleton<ListChildren>();
        services.AddSingleton<Autosaves>();
        services.AddSingleton<FormUploads>();
        services.AddSingleton<EditorAccess>();
        services.AddSingleton<EditorPages>();
        services.AddSingleton<ItemQueries>();
        services.AddSingleton<Drafts>();
        services.AddSingleton<IContentCompletion, AddressCompletion>();
        services.AddSingleton<IContentValidator, DefinitionValidator>();
    }
}
