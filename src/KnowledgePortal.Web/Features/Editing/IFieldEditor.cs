using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>How one kind of field, or of part, is edited: between its stored JSON and the boxes of a form. Members that it does not know stay as they are.</summary>
public interface IFieldEditor
{
    /// <summary>The kind as definitions name it: <c>TextField</c>, <c>TitlePart</c>.</summary>
    string Kind { get; }

    /// <summary>The view below <c>Shared/Fields</c> that shows the boxes.</summary>
    string View { get; }

    /// <summary>True when a whole part is edited and not a field of one.</summary>
    bool IsPart => false;

    /// <summary>Puts what is stored into the boxes at <paramref name="path"/>.</summary>
    void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed);

    /// <summary>Puts what is in the boxes into <paramref name="stored"/>, or says what is wrong with it.</summary>
    void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings);

    /// <summary>Puts the definition's defaults into the boxes of something new.</summary>
    void Begin(FieldPlan plan, string path, TypedForm typed) { }

    /// <summary>What readers will see of a long text; null for an editor that has no preview.</summary>
    string? Show(string text) => null;

    /// <summary>What is in the boxes, for people to read.</summary>
    string Say(FieldPlan plan, string path, TypedForm typed) => typed.Text(path);
}
