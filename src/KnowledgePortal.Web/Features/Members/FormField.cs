namespace KnowledgePortal.Web.Features.Members;

/// <summary>One labelled box of a form; its message comes from the model state under the same name.</summary>
public sealed record FormField(string Name, string Label)
{
    public string Type { get; init; } = "text";

    /// <summary>What was typed; a password is never given back.</summary>
    public string? Value { get; init; }

    public string? Hint { get; init; }

    /// <summary>The HTML autofill token, such as <c>current-password</c>.</summary>
    public string Autocomplete { get; init; } = "off";

    public string Id => $"field-{Name}";
}
