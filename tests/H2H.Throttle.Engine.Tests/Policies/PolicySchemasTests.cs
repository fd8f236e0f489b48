using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Calendars;
using H2H.Throttle.Engine.Policies.Kinds;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests.Policies;

/// <summary>
/// Holds the schemas and the readers together: of each map that the readers know, an unknown key is answered with the
/// known ones, and the schema must have the same.
/// </summary>
public sealed partial class PolicySchemasTests
{
    private const string Unknown = "qqqqqqqqqqqqqqqq";

    private const string Head = "channels: [email]\npurposes: { marketing: {} }\n";

    private static readonly JsonNode Policy = JsonNode.Parse(PolicySchemas.Policy)!;

    private static readonly JsonNode Scenario = JsonNode.Parse(PolicySchemas.Scenario)!;

    /// <summary>A document with an unknown key in a map, and where the schema describes that map.</summary>
    public static TheoryData<string, string> PolicyMaps() => new()
    {
        { $"{Head}{Unknown}: 1", "" },
        { $"channels: [email]\npurposes: {{ marketing: {{ {Unknown}: 1 }} }}", "$defs/purpose" },
        {
            $"channels: [email]\npurposes: {{ marketing: {{}} }}\nmailboxes: {{ {Unknown}: 1 }}",
            "properties/mailboxes"
        },
        { Rule($"{Unknown}: 1"), "$defs/rule" },
        { Rule($"when: {{ {Unknown}: 1 }}, cap: 1, in: 1d"), "$defs/attempt" },
        { Rule($"counting: {{ {Unknown}: 1 }}, cap: 1, in: 1d"), "$defs/past" },
        { Rule($"after: {{ {Unknown}: 1 }}, cooldown: 1 day"), "$defs/happened" },
        { Rule($"needs: {{ {Unknown}: 1, within: 1d }}"), "$defs/rule/properties/needs" },
        { Rule($"cap: [ {{ {Unknown}: 1 }} ], in: 1d"), "$defs/limit" },
        { Rule($"cap: 2, in: 1d, keep: {{ {Unknown}: 1 }}"), "$defs/rule/properties/keep" },
        { Rule($"cap: 2, in: 1d, outcomes: {{ {Unknown}: 1 }}"), "$defs/rule/properties/outcomes" },
        { Rule($"balance: {{ {Unknown}: 1 }}"), "$defs/rule/properties/balance" },
        { Rule($"blackout: {{ {Unknown}: 1 }}"), "$defs/rule/properties/blackout" },
        { Rule($"list: {{ {Unknown}: 1 }}"), "$defs/rule/properties/list" },
        { Rule($"consent: {{ {Unknown}: 1 }}"), "$defs/rule/properties/consent" },
        { Rule($"cap: blocked, unless: {{ consent: {{ {Unknown}: 1 }} }}"), "$defs/terms" },
    };

    public static TheoryData<string, string> ScenarioMaps() => new()
    {
        { $"scenario: s\n{Unknown}: 1", "" },
        { $"scenario: s\npolicy: {{ {Unknown}: 1 }}", "properties/policy" },
        { $"scenario: s\nperson: {{ {Unknown}: 1 }}", "properties/person" },
        { $"scenario: s\nlists: [ {{ {Unknown}: 1 }} ]", "$defs/list" },
        { $"scenario: s\ndefaults: {{ {Unknown}: 1 }}", "$defs/contact" },
        { Step($"{Unknown}: 1"), "$defs/step" },
        { Step($"person: {{ {Unknown}: 1 }}"), "$defs/change" },
        { Step($"person: {{ opt_out: {{ {Unknown}: 1 }} }}"), "$defs/scope" },
        { Step($"person: {{ limit: {{ {Unknown}: 1 }} }}"), "$defs/change/properties/limit" },
        { Step($"person: {{ consent: {{ {Unknown}: 1 }} }}"), "$defs/change/properties/consent" },
    };

    public static TheoryData<string> Kinds() => [.. RuleKinds.All.Select(static kind => kind.Key)];

    [Theory]
    [MemberData(nameof(PolicyMaps))]
    public void The_schema_of_policies_has_the_keys_that_the_readers_know(string document, string place)
    {
        IEnumerable<string> known = KnownIn(BadDocument.ErrorsOfPolicy(document));
        bool isNeeds = place.EndsWith("/needs", StringComparison.Ordinal);   // a matcher, with keys beside it

        AssertSame(isNeeds ? known.Append("within").Append("or") : known, Policy, place);
    }

    [Theory]
    [MemberData(nameof(ScenarioMaps))]
    public void The_schema_of_scenarios_has_the_keys_that_the_readers_know(string document, string place)
    {
        IEnumerable<string> known = KnownIn(BadDocument.ErrorsOfScenarios(document));

        AssertSame(known, Scenario, place);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_schema_allows_a_rule_the_keys_of_its_kind(string kind)
    {
        IEnumerable<string> known = KnownIn(BadDocument.ErrorsOfPolicy(Rule($"{kind}: 1, {Unknown}: 1")));

        JsonNode branch = Policy["$defs"]!["rule"]!["allOf"]!.AsArray()
            .Single(branch => branch!["if"]!["required"]![0]!.GetValue<string>() == kind)!;
        Assert.Equal(known.Order(), TextsIn(branch["then"]!["propertyNames"]!["enum"]!).Order());
        Assert.Contains(
            Policy["$defs"]!["rule"]!["oneOf"]!.AsArray(), one => TextsIn(one!["required"]!).Single() == kind);
    }

    [Fact]
    public void The_schema_offers_the_presets_and_packs_with_their_titles()
    {
        (string Name, string Title)[] there =
        [
            .. PresetLibrary.Packs.Select(static pack => (pack.Name, $"Pack: {pack.Title}")),
            .. PresetLibrary.Presets.Select(static preset => (preset.Name, preset.Title.Trim())),
        ];

        Assert.Equal(there.Order(), OffersIn("presetName").Order());
    }

    [Fact]
    public void The_schema_offers_the_standard_outcomes_and_events_and_the_calendars()
    {
        Assert.Equal(
            StandardOutcomes.Names.Order(), OffersIn("standardOutcome").Select(static one => one.Name).Order());
        Assert.Equal(
            StandardEvents.Names.Order(), OffersIn("standardEvent").Select(static one => one.Name).Order());
        Assert.Equal(
            HolidayCalendars.All.Select(static file => file.Calendar.Name).Order(),
            TextsIn(Policy["$defs"]!["rule"]!["properties"]!["calendar"]!["enum"]!).Order());
    }

    /// <remarks>So that it can be kept alone, and editors need not look for another file.</remarks>
    [Fact]
    public void The_schema_of_scenarios_holds_that_of_policies()
    {
        JsonObject policy = Policy.DeepClone().AsObject();
        policy.Remove("$schema");
        policy.Remove("$defs");

        Assert.True(JsonNode.DeepEquals(policy, Scenario["$defs"]!["policy"]), "Copy what policies are into it.");
        Assert.All(Policy["$defs"]!.AsObject(), static part => Assert.True(
            JsonNode.DeepEquals(part.Value, Scenario["$defs"]![part.Key]), $"Copy `{part.Key}` into it."));
        Assert.DoesNotContain("\"$ref\": \"policy", PolicySchemas.Scenario, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_of_scenarios_has_every_code_of_a_reason() => Assert.Equal(
        ReasonCodes.Names.Order(),
        TextsIn(Scenario["$defs"]!["step"]!["properties"]!["code"]!["enum"]!).Order());

    [Fact]
    public void Every_map_that_the_readers_know_is_held_against_the_schemas()
    {
        PolicyError[] tried =
        [
            .. PolicyMaps().SelectMany(static row => BadDocument.ErrorsOfPolicy(row.Data.Item1)),
            .. ScenarioMaps().SelectMany(static row => BadDocument.ErrorsOfScenarios(row.Data.Item1)),
        ];
        string[] owners =
        [
            .. ((string[])["Readers", "Kinds", "Scenarios"])
                .SelectMany(static folder => Directory.EnumerateFiles(
                    RepositoryFolder.Of("src", "H2H.Throttle.Engine", "Policies", folder), "*.cs"))
                .SelectMany(static path => Owner().Matches(File.ReadAllText(path)))
                .Select(static match => match.Groups["owner"].Value),
        ];

        // Beside the keys of quiet times stand days, so what is no key is told to be no day.
        IEnumerable<string> told = owners.Where(static owner => owner is not "quiet times");
        Assert.NotEmpty(told);
        Assert.All(told, owner => Assert.Contains(
            tried, error => error.Message.Contains($"is not a key of {owner}.", StringComparison.Ordinal)));
    }

    private static void AssertSame(IEnumerable<string> known, JsonNode schema, string place)
    {
        JsonNode map = place.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(schema, static (node, name) => node[name]!);

        Assert.Equal(known.Order(), map["properties"]!.AsObject().Select(static one => one.Key).Order());
        Assert.False(map["additionalProperties"]!.GetValue<bool>());
    }

    /// <summary>The keys that the readers name where one is unknown, labels and attributes left out.</summary>
    private static string[] KnownIn(ImmutableArray<PolicyError> errors)
    {
        PolicyError error = errors.First(static error => error.Message.Contains(Unknown, StringComparison.Ordinal));
        Assert.StartsWith("Known are: ", error.Mend, StringComparison.Ordinal);
        string named = error.Mend["Known are: ".Length..];
        return named.Split([", `label.x`", ", and labels"], default)[0].TrimEnd('.').Split(", ");
    }

    /// <summary>The words that editors offer, each with what they say of it.</summary>
    private static IEnumerable<(string Name, string Title)> OffersIn(string part) =>
        TextsIn(Policy["$defs"]![part]!["enum"]!).Zip(TextsIn(Policy["$defs"]![part]!["enumDescriptions"]!));

    private static IEnumerable<string> TextsIn(JsonNode list) =>
        list.AsArray().Select(static one => one!.GetValue<string>());

    private static string Rule(string keys) => $"{Head}rules:\n  - {{ name: r, {keys} }}\n";

    private static string Step(string keys) =>
        $"scenario: s\nsteps:\n  - {{ at: \"2026-03-02T09:00:00Z\", {keys} }}\n";

    [GeneratedRegex("""Fields\.Of\([^"]*"(?<owner>[^"]+)",""")]
    private static partial Regex Owner();
}
