using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Features.Editing.Jobs;
using KnowledgePortal.Web.Features.Editing.Merging;
using KnowledgePortal.Web.Features.Editing.Versions;
using Quartz;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The organizer's workbench: one form for every content type, drafts, preview, publication, history.</summary>
public sealed class EditingFeature : Feature
{
    public override string Id => "Editing";

    public override IReadOnlyList<string> DependsOn => ["Jobs", "Media", "Sessions", "Recordings", "Search"];

    public override void ConfigureServices(IServiceCollection services)
    {
        foreach (var editor in (IFieldEditor[])
        [
            new TitleEditor(), new AddressEditor(), new TextEditor(), new MarkdownEditor(MarkdownEditor.Field), new MarkdownEditor(MarkdownEditor.Body),
            new MultiTextEditor(), new NumberEditor(), new BooleanEditor(), new DateEditor(), new TimeEditor(), new LinkEditor(),
            new TaxonomyEditor(), new PickerEditor(), new PeopleEditor(), new MediaEditor(), new HtmlEditor(HtmlEditor.Field), new HtmlEditor(HtmlEditor.Body), new AliasEditor(),
            new MomentEditor(), new PointEditor(), new YoutubeEditor(), new SeoEditor(), new TermTypeEditor(), new MenuLinkEditor(), new MenuTargetEditor(), new ViewGroupsEditor(),
            new KeptEditor("LocalizationSetContentPickerField", "LocalizationSets"),
        ]) services.AddSingleton(editor);
        services.AddSingleton<FormChoices>();
        foreach (var part in new[] { ScheduledTimes.PublishLater, ScheduledTimes.ArchiveLater })
            services.AddSingleton<IFieldEditor>(provider => new ScheduleEditor(part, provider.GetRequiredService<TimeProvider>()));
        services.AddQuartz(scheduler => scheduler
            .ScheduleJob<ScheduledChangesJob>(trigger => trigger.WithIdentity(ScheduledChangesJob.Name).WithCronSchedule("0 * * * * ?"), job => job.WithIdentity(ScheduledChangesJob.Name))
            .ScheduleJob<UpkeepJob>(trigger => trigger.WithIdentity(UpkeepJob.Name).WithCronSchedule("0 20 20 * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc)), job => job.WithIdentity(UpkeepJob.Name)));
        services.AddSingleton<Terms.TermRows>();
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
        services.AddSingleton<TextDifference>().AddSingleton<NameLookup>().AddSingleton<VersionQueries>().AddSingleton<Merges>();
        services.AddSingleton<IContentCompletion, AddressCompletion>();
        services.AddSingleton<IContentValidator, DefinitionValidator>();
    }
}
