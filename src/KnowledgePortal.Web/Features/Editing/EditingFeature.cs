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
            new TaxonomyEditor(), new PickerEditor(), new MediaEditor(),
        ]) services.AddSingleton(editor);
        services.AddSingleton<FormSchemas>();
        services.AddSingleton<FormUploads>();
        services.AddSingleton<EditorAccess>();
        services.AddSingleton<EditorPages>();
        services.AddSingleton<ItemQueries>();
        services.AddSingleton<Drafts>();
        services.AddSingleton<IContentCompletion, AddressCompletion>();
        services.AddSingleton<IContentValidator, DefinitionValidator>();
    }
}
