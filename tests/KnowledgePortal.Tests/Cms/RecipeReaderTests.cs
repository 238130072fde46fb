using System.IO.Compression;
using System.Text;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class RecipeReaderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "name": "x", "steps": [ { "name": "settings" } ] """, "line 1")]
    [InlineData("""["steps"]""", "not a JSON object")]
    [InlineData("""{ "name": "x" }""", "there are no steps")]
    [InlineData("""{ "steps": [ 1 ] }""", "step 1")]
    [InlineData("{ \"steps\": [\n { \"name\": \"settings\",\n \"A\": 1, \"A\": 2 } ] }", "line 3: the name \"A\" stands twice")]
    [InlineData("""{ "steps": [ { "name": "settings", "A": 1, "\u0041": 2 } ] }""", "the name \"A\" stands twice")]
    [InlineData("""{ "steps": [], "Steps": [] }""", "\"steps\" stands twice")]
    [InlineData("""{ "steps": [ { "name": "settings", "A": "\ud800" } ] }""", "surrogate")]
    [InlineData("""{ "steps": [ { "name": "settings", "\udfff": 1 } ] }""", "surrogate")]
    [InlineData("""{ "steps": [ { "name": "settings", A: 1 } ] }""", "broken JSON")]
    [InlineData("", "broken JSON")]
    public void A_file_that_means_different_things_to_different_readers_is_refused_with_its_place(string json, string place) =>
        Should.Throw<InvalidRecipeException>(() => Read(Encoding.UTF8.GetBytes(json))).Message.ShouldContain(place);

    [Fact]
    public void Another_encoding_is_refused()
    {
        const string Json = """{ "name": "ก", "steps": [] }""";
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
            Should.Throw<InvalidRecipeException>(() => Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Json)])).Message.ShouldContain("UTF-8");
        Should.Throw<InvalidRecipeException>(() => Read([.. "{ \"name\":\n \""u8, 0xA1, 0xA2, .. "\", \"steps\": [] }"u8])).Message.ShouldContain("line 2");
        Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Json)]).Name.ShouldBe("ก");
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void A_hundred_thousand_levels_are_refused(char open)
    {
        var level = open == '[' ? "[" : "{\"a\":";
        var json = "{ \"steps\": [ { \"name\": \"settings\", \"A\": " + string.Concat(Enumerable.Repeat(level, 100_000)) + " } ] }";
        Should.Throw<InvalidRecipeException>(() => Read(Encoding.UTF8.GetBytes(json))).Message.ShouldContain("depth");
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_before_it_is_read()
    {
        var path = Path.Combine(_folder.Path, "large.json");
        using (var file = File.Create(path)) file.SetLength(RecipeLimits.JsonBytes + 1L);
        Should.Throw<InvalidRecipeException>(() => Recipe.ReadFile(path)).Message.ShouldContain("larger");
    }

    [Fact]
    public void Steps_may_come_before_variables_and_header_names_in_any_case()
    {
        var recipe = Read("""{ "STEPS": [ { "NAME": "settings" } ], "Variables": { "a": "b" }, "DisplayName": "ชื่อ", "Name": "n", }"""u8.ToArray());
        recipe.Name.ShouldBe("n");
        recipe.DisplayName.ShouldBe("ชื่อ");
        recipe.Variables["a"]!.ToString().ShouldBe("b");
    }

    [Fact]
    public void Only_what_lies_beside_a_recipe_is_opened()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "site", "deep"));
        File.WriteAllText(Path.Combine(_folder.Path, "secret.txt"), "s");
        File.WriteAllText(Path.Combine(_folder.Path, "site", "deep", "a.txt"), "a");
        File.WriteAllText(Path.Combine(_folder.Path, "site", "x.json"), """{ "steps": [] }""");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "site", "link.txt"), Path.Combine(_folder.Path, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "site", "up"), _folder.Path);
        var recipe = Recipe.ReadFile(Path.Combine(_folder.Path, "site", "x.json"));
        foreach (var inside in new[] { "deep/a.txt", "deep\\a.txt", "./deep/../deep/a.txt" }) recipe.OpenFile(inside).ShouldNotBeNull(inside).Dispose();
        foreach (var outside in new[] { "../secret.txt", "..\\secret.txt", "link.txt", "up/secret.txt", "/etc/passwd", Path.Combine(_folder.Path, "secret.txt"), "deep", "", "a\0b", "../site2/x" })
            recipe.OpenFile(outside).ShouldBeNull(outside);
    }

    [Fact]
    public void A_package_is_read_with_its_files()
    {
        var recipe = Recipe.ReadFile(Package(("recipe.JSON", """{ "name": "packed", "steps": [] }"""), ("files/ภาพ.txt", "ก")));
        recipe.Name.ShouldBe("packed");
        using var file = new StreamReader(recipe.OpenFile("files/ภาพ.txt").ShouldNotBeNull());
        file.ReadToEnd().ShouldBe("ก");
        recipe.OpenFile("../files/ภาพ.txt").ShouldBeNull();
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("a\\..\\evil.txt")]
    [InlineData("C:evil.txt")]
    public void A_package_whose_names_lead_out_is_refused(string name) =>
        Should.Throw<InvalidRecipeException>(() => Recipe.ReadFile(Package(("Recipe.json", """{ "steps": [] }"""), (name, "x")))).Message.ShouldContain("leads out");

    [Fact]
    public void A_package_without_a_recipe_with_a_name_twice_or_cut_off_is_refused()
    {
        Should.Throw<InvalidRecipeException>(() => Recipe.ReadFile(Package(("deep/Recipe.json", """{ "steps": [] }""")))).Message.ShouldContain("Recipe.json");
        Should.Throw<InvalidRecipeException>(() => Recipe.ReadFile(Package(("Recipe.json", """{ "steps": [] }"""), ("a", "1"), ("a", "2")))).Message.ShouldContain("twice");
        var cut = Path.Combine(_folder.Path, "cut.zip");
        File.WriteAllBytes(cut, File.ReadAllBytes(Package(("Recipe.json", """{ "steps": [] }""")))[..60]);
        Should.Throw<InvalidRecipeException>(() => Recipe.ReadFile(cut)).Message.ShouldContain("cut.zip");
    }

    [Fact]
    public void Bombs_are_refused()
    {
        var path = Path.Combine(_folder.Path, "bomb.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using (var recipe = new StreamWriter(archive.CreateEntry("Recipe.json").Open())) recipe.Write("""{ "steps": [] }""");
            using var bomb = archive.CreateEntry("bomb.txt").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++) bomb.Write(zeros);
        }
        new FileInfo(path).Length.ShouldBeLessThan(1 << 20);
        Should.Throw<InvalidRecipeException>(() => Recipe.ReadFile(path)).Message.ShouldContain("bomb");

        // The size that an entry claims in the central directory is a lie: nothing instead of 64 kB.
        var liar = Package(("Recipe.json", """{ "steps": [] }"""), ("lie.txt", new string('0', 1 << 16)));
        var bytes = File.ReadAllBytes(liar);
        var size = BitConverter.GetBytes(1 << 16);
        for (var at = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8); at + 4 <= bytes.Length; at++)
            if (bytes.AsSpan(at, 4).SequenceEqual(size)) bytes[at + 2] = 0;
        File.WriteAllBytes(liar, bytes);
        using var lie = Recipe.ReadFile(liar).OpenFile("lie.txt").ShouldNotBeNull();
        lie.Length.ShouldBe(0);
    }

    private Recipe Read(byte[] json)
    {
        var path = Path.Combine(_folder.Path, "x.json");
        File.WriteAllBytes(path, json);
        return Recipe.ReadFile(path);
    }

    private string Package(params (string Name, string Content)[] files)
    {
        var path = Path.Combine(_folder.Path, Path.GetRandomFileName() + ".zip");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(content);
        }
        return path;
    }
}
