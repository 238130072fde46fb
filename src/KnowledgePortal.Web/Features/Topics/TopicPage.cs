using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Topics;

/// <summary>All that concerns one topic, and the other topics to go on to.</summary>
public sealed record TopicPage(
    Term Topic, string Description, IReadOnlyList<SessionRow> Sessions, IReadOnlyList<PracticeCard> Practices, IReadOnlyList<Term> Others);
