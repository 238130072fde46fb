using System.Diagnostics;

namespace KnowledgePortal.Cms.Data;

/// <summary>Every command to the database as an activity below the request's, for tools that collect traces; costs nothing where none listens.</summary>
public static class DatabaseTrace
{
    /// <summary>The source's name.</summary>
    public const string Name = "KnowledgePortal.Database";

    /// <summary>The tag with the command's text, as OpenTelemetry names it; values are never in it.</summary>
    public const string Text = "db.query.text";

    private static readonly ActivitySource Source = new(Name);

    internal static Activity? Begin(string sql) => Source.StartActivity(Name, ActivityKind.Client)?.SetTag(Text, sql);
}
