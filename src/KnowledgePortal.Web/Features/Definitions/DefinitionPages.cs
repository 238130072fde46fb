using System.Text.Json.Nodes;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>A setting with what stands in its box.</summary>
public sealed record SettingBox(SettingPlan Plan, IReadOnlyList<string> Typed)
{
    public string Id => FormEntry.IdOf(Plan.Name);

    public string Text => string.Join('\n', Typed);

    public bool Has(string value) => Typed.SelectMany(t => t.Split('\n')).Contains(value);

    public static IReadOnlyList<SettingBox> Of(IEnumerable<SettingPlan> plans, JsonObject settings, IFormCollection? typed = null) =>
        [.. plans.Select(p => new SettingBox(p, typed is null ? [p.Read(settings)] : [.. typed[p.Name].OfType<string>()]))];
}

/// <summary>Every type and part of the site.</summary>
public sealed record TypesPage(IReadOnlyList<TypeLine> Types, IReadOnlyList<PartLine> Parts, IReadOnlyList<RoleChoice> Roles, NewTypeInput Typed);

public sealed record TypeLine(string Name, string DisplayName, string Description, bool IsCreatable, IReadOnlyList<string> PartNames, int FieldCount);

/// <summary>A part that several types may share; one that belongs to a type of the same name is shown there.</summary>
public sealed record PartLine(string Name, string DisplayName, int FieldCount, IReadOnlyList<string> UsedBy);

public sealed record NewTypeInput
{
    public string? DisplayName { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }

    /// <summary>Whether its items have a page, a body of text.</summary>
    public bool HasPage { get; init; } = true;
    public bool HasBody { get; init; } = true;

    /// <summary>Roles that write and publish it.</summary>
    public string[] Writers { get; init; } = [];
}

/// <summary>One type with its parts and its own fields.</summary>
public sealed record TypePage
{
    public required DefinitionRow Row { get; init; }
    public required string DisplayName { get; init; }
    public required IReadOnlyList<SettingBox> Settings { get; init; }
    public required IReadOnlyList<DefinitionRecord> Parts { get; init; }
    public required FieldsPage Fields { get; init; }

    /// <summary>Parts that can be attached, with what people call them.</summary>
    public required IReadOnlyList<Choice> Attachable { get; init; }
    public required IReadOnlyList<RoleChoice> Roles { get; init; }
    public required IReadOnlyCollection<string> Writers { get; init; }
}

/// <summary>The fields of a part.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Stamp">Of its row; empty when it has none yet.</param>
/// <param name="Fields">By position.</param>
public sealed record FieldsPage(string Part, string Stamp, IReadOnlyList<DefinitionRecord> Fields);

/// <summary>A part that types share.</summary>
public sealed record PartPage(DefinitionRow Row, IReadOnlyList<SettingBox> Settings, FieldsPage Fields, IReadOnlyList<string> UsedBy);

/// <summary>The settings of a part on a type, or of a field of a part.</summary>
public sealed record RecordPage
{
    public required DefinitionRecord Record { get; init; }
    public required string Stamp { get; init; }
    public required IReadOnlyList<SettingBox> Settings { get; init; }

    /// <summary>What people call its kind.</summary>
    public required string KindTitle { get; init; }

    /// <summary>Where the form goes; <c>/removal</c> below it takes the record away.</summary>
    public required string Address { get; init; }
    public required string Back { get; init; }
    public required string BackTitle { get; init; }
    public required bool IsField { get; init; }
}
