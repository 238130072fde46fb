using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>A recipe file: a header, variables and steps in order. Format: Orchard Core's <c>*.recipe.json</c>.</summary>
public sealed class Recipe
{
    /// <summary>What a <c>recipes</c> step refers to.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Expressions by name, evaluated on first use.</summary>
    public JsonObject Variables { get; private init; } = [];

    /// <summary>The steps, each with its <c>name</c>.</summary>
    public IReadOnlyList<JsonObject> Steps { get; private init; } = [];

    /// <summary>The folder that the files named by steps must lie in.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>Reads a file; comments, trailing commas and a byte order mark are forgiven, header names match in any case.</summary>
    /// <exception cref="InvalidRecipeException">The file is missing, is no JSON object, or has no steps.</exception>
    public static Recipe ReadFile(string path)
    {
        if (!File.Exists(path)) throw new InvalidRecipeException($"{path}: there is no such file");
        JsonObject root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path), documentOptions: JsonText.Lenient) as JsonObject
                ?? throw new InvalidRecipeException($"{path}: not a JSON object");
        }
        catch (JsonException error)
        {
            throw new InvalidRecipeException($"{path}: {error.Message}");
        }
        var header = root.ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase);
        if (header.GetValueOrDefault("steps") is not JsonArray steps) throw new InvalidRecipeException($"{path}: there are no steps");
        return new Recipe
        {
            Name = header.GetValueOrDefault("name") is JsonValue name ? name.ToString() : "",
            Variables = header.GetValueOrDefault("variables") as JsonObject ?? [],
            Steps = [.. steps.OfType<JsonObject>()],
            Folder = Path.GetDirectoryName(Path.GetFullPath(path))!,
        };
    }

    /// <summary>A file that a step names: null when it is missing or lies outside <see cref="Folder"/>.</summary>
    public string? FindFile(string relativePath)
    {
        var file = Path.GetFullPath(Path.Combine(Folder, relativePath));
        return file.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file) ? file : null;
    }
}

/// <summary>A recipe that is refused, with the place named; nothing was written.</summary>
public sealed class InvalidRecipeException(string message) : Exception(message);
