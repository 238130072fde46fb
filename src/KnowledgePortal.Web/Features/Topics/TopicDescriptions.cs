using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Topics;

/// <summary>What stands below the name of a topic, by the id of its term.</summary>
public sealed class TopicDescriptions(TermQueries terms, ContentGeneration generation)
{
    public const string Taxonomy = "topics";

    private readonly PerGeneration<IReadOnlyDictionary<string, string>> _known = new(
        generation, async () => (await terms.ItemsAsync(Taxonomy)).ToDictionary(t => t.ContentItemId, t => t.As<TopicPart>().Description));

    public async Task<string> OfAsync(Term topic) => (await _known.GetAsync()).GetValueOrDefault(topic.TermId, "");

    private sealed class TopicPart : ContentPart
    {
        protected override string PartName => "Topic";

        public string Description => Text();
    }
}
