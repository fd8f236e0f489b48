using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Kinds;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Cases;

namespace H2H.Throttle.Engine.Tests.Policies;

/// <summary>The language's reference: whatever it shows works, and it leaves nothing out.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string Text = File.ReadAllText(
        RepositoryFolder.Of("src", "H2H.Throttle.Engine", "Policies") + "/README.md");

    private static readonly (int Line, string Yaml)[] Blocks =
    [
        .. Block().Matches(Text).Select(static match =>
            (Text[..match.Index].Count(static c => c == '\n') + 1, match.Groups["yaml"].Value)),
    ];

    private static readonly string WholeFile = Blocks[0].Yaml;

    /// <summary>As schemas may write them; the reference says how with some of them.</summary>
    private static readonly string[] Days =
    [
        .. Enum.GetNames<DayOfWeek>().SelectMany(static day => (string[])
            [day.ToLowerInvariant(), day.ToLowerInvariant()[..3]]),
    ];

    public static TheoryData<int> Policies() => LinesOf(static yaml => !IsRules(yaml) && !IsScenario(yaml));

    public static TheoryData<int> Rules() => LinesOf(IsRules);

    public static TheoryData<int> Scenarios() => LinesOf(IsScenario);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Policy_is_valid(int line) => Assert.Empty(BadDocument.ErrorsOfPolicy(YamlOf(line)));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_are_valid_in_the_policy_that_the_reference_begins_with(int line)
    {
        string head = WholeFile[..(WholeFile.IndexOf("rules:\n", StringComparison.Ordinal) + "rules:\n".Length)];

        Assert.Empty(BadDocument.ErrorsOfPolicy(head + YamlOf(line)));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_passes(int line)
    {
        foreach (ScenarioReading reading in ScenarioReader.Read(YamlOf(line), static _ => null))
        {
            await CaseAssert.PassesAsync(reading, new DeciderSubject(), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Every_key_of_the_language_is_explained()
    {
        IEnumerable<string> keys = Schemas().SelectMany(KeysIn).Distinct();

        Assert.All(keys, static key => Assert.Matches($@"(?m)`[^`\n]*\b{key}\b[^`\n]*`|^#+ .*\b{key}\b", Text));
    }

    /// <remarks>All but <c>file</c>: no other file is beside what is tried here.</remarks>
    [Fact]
    public void Every_key_of_the_language_stands_in_an_example()
    {
        IEnumerable<string> keys = Schemas().SelectMany(KeysIn).Distinct().Where(static key => key != "file");

        Assert.All(keys, static key => Assert.Contains(Blocks, block => Regex.IsMatch(
            block.Yaml, $@"(?m)(^|[\s{{,])""?{Regex.Escape(key)}""?:", RegexOptions.CultureInvariant)));
    }

    /// <remarks>All but presets: `h2h preset list` names them.</remarks>
    [Fact]
    public void Every_word_that_a_key_takes_is_named() => Assert.All(
        Schemas().SelectMany(WordsIn).Distinct().Except(Days)
            .Except(PresetLibrary.Packs.Select(static pack => pack.Name))
            .Except(PresetLibrary.Presets.Select(static preset => preset.Name)),
        static word => Assert.Matches($@"\b{word}\b", Text));

    [Fact]
    public void Every_kind_of_rule_has_an_example_and_a_place()
    {
        foreach (string kind in RuleKinds.All.Select(static kind => kind.Key))
        {
            Assert.Contains(Blocks, block => IsRules(block.Yaml)
                && Regex.IsMatch(block.Yaml, $@"\b{kind}:", RegexOptions.CultureInvariant));
            Assert.Matches($@"(?m)^## .*\b{kind}\b", Text);
        }
    }

    [Fact]
    public void Every_standard_outcome_and_event_is_named() => Assert.All(
        StandardOutcomes.Names.Concat(StandardEvents.Names),
        static name => Assert.Contains($"`{name}`", Text, StringComparison.Ordinal));

    private static IEnumerable<JsonNode> Schemas() =>
        ((string[])[PolicySchemas.Policy, PolicySchemas.Scenario]).Select(static schema => JsonNode.Parse(schema)!);

    private static IEnumerable<string> KeysIn(JsonNode node) => node switch
    {
        JsonObject map => map
            .Where(static one => one.Key == "properties" && one.Value is JsonObject)
            .SelectMany(static one => one.Value!.AsObject().Select(static property => property.Key))
            .Concat(map.Where(static one => one.Value is not null).SelectMany(static one => KeysIn(one.Value!))),
        JsonArray list => list.OfType<JsonNode>().SelectMany(KeysIn),
        _ => [],
    };

    private static IEnumerable<string> WordsIn(JsonNode node) => node switch
    {
        JsonObject map => map
            .Where(static one => one.Value is not null)
            .SelectMany(static one => one is { Key: "enum", Value: JsonArray words }
                ? words.OfType<JsonValue>().Where(static word => word.TryGetValue(out string? _)).Select(static word =>
                    word.GetValue<string>())
                : WordsIn(one.Value!)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(WordsIn),
        _ => [],
    };

    private static bool IsRules(string yaml) => yaml.StartsWith("- ", StringComparison.Ordinal);

    private static bool IsScenario(string yaml) => yaml.StartsWith("scenario:", StringComparison.Ordinal);

    private static TheoryData<int> LinesOf(Func<string, bool> isWanted) =>
        [.. Blocks.Where(block => isWanted(block.Yaml)).Select(static block => block.Line)];

    private static string YamlOf(int line) => Blocks.Single(block => block.Line == line).Yaml;

    [GeneratedRegex("(?<=^|\n)```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
