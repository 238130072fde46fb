using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>A recipe: a header, variables and steps in order. Format: Orchard Core's <c>*.recipe.json</c>, or a zip package around it.</summary>
public sealed class Recipe
{
    private static readonly string[] Header = ["name", "displayName", "description", "author", "website", "version", "issetuprecipe", "exportUtc", "categories", "tags", "variables", "steps"];

    /// <summary>What a <c>recipes</c> step refers to; may be empty.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What people call it; may be empty.</summary>
    public string DisplayName { get; private init; } = "";

    /// <summary>The file, as messages name it.</summary>
    public string Place { get; private init; } = "";

    /// <summary>Expressions by name, evaluated on first use.</summary>
    public JsonObject Variables { get; private init; } = [];

    /// <summary>The steps, each with its <c>name</c>.</summary>
    public IReadOnlyList<JsonObject> Steps { get; private init; } = [];

    /// <summary>What lies beside it.</summary>
    public IRecipeFiles Files { get; private init; } = null!;

    /// <summary>Reads a recipe, or a package with one.</summary>
    /// <exception cref="InvalidRecipeException">The file is missing, broken, too large or no recipe.</exception>
    public static Recipe ReadFile(string path)
    {
        if (!File.Exists(path)) throw new InvalidRecipeException($"{path}: there is no such file");
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        return IsPackage(file)
            ? Read(new RecipePackage(file), RecipePackage.RecipeName, $"{Path.GetFileName(path)}/{RecipePackage.RecipeName}")
            : Read(new RecipeFolder(Path.GetDirectoryName(file)!), Path.GetFileName(file), Path.GetFileName(path));
    }

    /// <summary>A file that a step names: null when it is missing or lies outside the recipe's folder.</summary>
    public Stream? OpenFile(string relativePath) => Files.Open(relativePath);

    /// <summary>The recipe of a name that lies beside this one, or null. One that cannot be read is not it.</summary>
    internal Recipe? Beside(string name)
    {
        foreach (var file in Files.RecipeNames())
        {
            try
            {
                if (Read(Files, file, file) is var recipe && recipe.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return recipe;
            }
            catch (InvalidRecipeException)
            {
                // Somebody else's file: it may be broken without being asked for.
            }
        }
        return null;
    }

    private static Recipe Read(IRecipeFiles files, string file, string place)
    {
        using var stream = files.Open(file) ?? throw new InvalidRecipeException($"{place}: there is no such file");
        if (stream.Length > RecipeLimits.JsonBytes) throw new InvalidRecipeException($"{place}: larger than {RecipeLimits.JsonBytes / 1024 / 1024} MB");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(RecipeJson.Read(bytes, place), files, place);
    }

    private static Recipe Read(JsonObject root, IRecipeFiles files, string place)
    {
        foreach (var name in Header)
            if (root.Count(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1) throw new InvalidRecipeException($"{place}: \"{name}\" stands twice");
        if (root.Member("steps") is not JsonArray steps) throw new InvalidRecipeException($"{place}: there are no steps");
        var at = steps.ToList().FindIndex(step => step is not JsonObject);
        if (at >= 0) throw new InvalidRecipeException($"{place}, step {at + 1}: not a JSON object");
        return new Recipe
        {
            Name = LooseJson.Text(root.Member("name")) ?? "",
            DisplayName = LooseJson.Text(root.Member("displayName")) ?? "",
            Place = place,
            Variables = root.Section("variables"),
            Steps = [.. steps.OfType<JsonObject>()],
            Files = files,
        };
    }

    private static bool IsPackage(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.StartsWith("PK"u8) && start[2] is 3 or 5;
    }
}

/// <summary>A recipe that is refused, with the place named; nothing was written.</summary>
public sealed class InvalidRecipeException(string message) : Exception(message);
