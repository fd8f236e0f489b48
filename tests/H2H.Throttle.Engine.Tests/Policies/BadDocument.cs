using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests.Policies;

/// <summary>A file of <c>tests/policies-bad</c>: one mistake, with the errors it must produce on top.</summary>
/// <remarks><c># expect: line:column rule | message | mend</c>, where a rule of <c>-</c> is none.</remarks>
internal sealed partial record BadDocument(string Text, ImmutableArray<PolicyError> Expected)
{
    private static readonly string Folder = RepositoryFolder.Of("tests", "policies-bad");

    public static IEnumerable<string> Policies => NamesIn(Folder);

    public static IEnumerable<string> Scenarios => NamesIn(Path.Combine(Folder, "scenarios"));

    public static BadDocument Policy(string name) => Read(Path.Combine(Folder, name));

    public static BadDocument Scenario(string name) => Read(Path.Combine(Folder, "scenarios", name));

    /// <summary>What is wrong with a policy; nothing if it is valid.</summary>
    public static ImmutableArray<PolicyError> ErrorsOfPolicy(string text) =>
        PolicyParser.Read(text) is PolicyReading.Invalid invalid ? invalid.Errors : [];

    /// <summary>What is wrong with the scenarios of a file; nothing if all can be run.</summary>
    public static ImmutableArray<PolicyError> ErrorsOfScenarios(string text) =>
    [
        .. ScenarioReader.Read(text, static path => File.Exists(Path.Combine(Folder, "scenarios", path))
                ? File.ReadAllText(Path.Combine(Folder, "scenarios", path))
                : null)
            .OfType<ScenarioReading.Unready>()
            .SelectMany(static unready => unready.Errors),
    ];

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.yaml").Select(static path => Path.GetFileName(path)).Order();

    private static BadDocument Read(string path)
    {
        string text = File.ReadAllText(path);
        return new BadDocument(text, [.. Expectation().Matches(text).Select(static match => new PolicyError(
            int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture),
            match.Groups["rule"].Value is "-" ? null : match.Groups["rule"].Value,
            match.Groups["message"].Value,
            match.Groups["mend"].Value))]);
    }

    [GeneratedRegex(
        @"^# expect: (?<line>\d+):(?<column>\d+) (?<rule>\S+) \| (?<message>.+) \| (?<mend>.+)$",
        RegexOptions.Multiline)]
    private static partial Regex Expectation();
}
