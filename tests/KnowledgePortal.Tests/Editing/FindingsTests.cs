using System.Text.Json.Nodes;
using KnowledgePortal.Tests.Api;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Editing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>What forms find is said in both languages: people read the Thai, programs what they ask for.</summary>
public sealed class FindingsTests(EditorSite site)
{
    private const string Path = "Part.Field";

    private static readonly string[] Boxes =
    [
        "", ".Day", ".Time", ".Url", ".Text", ".Latitude", ".Longitude", ".Who", ".New", ".Path", ".PageTitle", ".Canonical",
    ];

    private static readonly string[] Typed =
    [
        "", "x", "ข้อความ", "some", "31/2/2565", "2565-09-15", "15/13/2565", "15/40/2565", "15/9", "15/9/2022", "15/9/1200", "15/9/565", "วันศุกร์ 15/9/2565", "15/9/22", "15/9/2565",
        "25.10", "13.99", "13.15", "1.5", "99999999999999", "2020", "1", "มี เว้น", "a?b", "a//b", new string('ก', 1_000), new string('ก', 6_000), new string('>', 2_000), new string('ก', 200_001),
        string.Join('\n', Enumerable.Range(0, 201)), "https://www.example.go.th",
    ];

    private static readonly JsonObject[] Settings =
    [
        [],
        new() { ["LinkTextMode"] = "Required", ["Minimum"] = 2500, ["Maximum"] = 2600, ["Scale"] = 1 },
        new() { ["Minimum"] = 3, ["Maximum"] = 4, ["Scale"] = 9 },
    ];

    [Fact]
    public void Every_editor_says_in_both_languages_what_it_finds()
    {
        var found = new HashSet<string>();
        foreach (var editor in site.Services.GetServices<IFieldEditor>())
            foreach (var settings in Settings)
                foreach (var choices in new Choice[][] { [], [new("a", "ก")] })
                    foreach (var text in Typed)
                        foreach (var boxes in Boxes.Select(b => new[] { b }).Append(Boxes).Append([".Who", ""]))
                        {
                            var plan = new FieldPlan(editor, "Part", "Field") { Label = "ช่อง", Settings = settings, Choices = choices, EditorName = "Tags" };
                            var (typed, findings) = (new TypedForm(), new FormFindings());
                            foreach (var box in boxes) typed.Set(Path + box, text);
                            editor.Apply(plan, Path, typed, [], findings);
                            foreach (var (_, words) in findings.Problems.Concat(findings.Warnings))
                            {
                                ApiContract.IsThai(words.Thai).ShouldBeTrue(words.Thai);
                                ApiContract.IsThai(words.English).ShouldBeFalse(words.English);
                                found.Add($"{editor.Kind}: {words.English}");
                            }
                        }
        found.Select(f => f.Split(':')[0]).Distinct().Count().ShouldBeGreaterThan(20);
        found.Count.ShouldBeGreaterThan(80);
    }

    [Theory]
    [InlineData("มี เว้น")]
    [InlineData("a?b")]
    [InlineData("a//b")]
    [InlineData("ที่/อื่น")]
    [InlineData("search")]
    public void An_address_that_cannot_be_is_explained_in_both_languages(string address)
    {
        var words = (AddressRules.WrongCharacter(address) ?? AddressRules.WrongPlace(address, "")).ShouldNotBeNull();
        ApiContract.IsThai(words.Thai).ShouldBeTrue();
        ApiContract.IsThai(words.English).ShouldBeFalse(words.English);
    }
}
