using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Policies.Reviews;
using H2H.Throttle.Testing;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Policies.Reviews;

/// <summary>A file of <c>tests/policies-odd</c>: a valid policy, with the warnings it must get on top.</summary>
/// <remarks><c># warn: line:column rule | message | mend</c>, where a rule of <c>-</c> is none.</remarks>
internal sealed partial record OddDocument(string Text, ImmutableArray<PolicyWarning> Expected)
{
    private static readonly string Folder = RepositoryFolder.Of("tests", "policies-odd");

    /// <summary>When all of them are looked at.</summary>
    public static Instant Now { get; } = Instant.FromUtc(2026, 7, 1, 12, 0);

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Folder, "*.yaml").Select(static path => Path.GetFileName(path)).Order();

    /// <summary>Larger than a text file should be.</summary>
    public static OddDocument OfTooManyRules { get; } = new(
        "channels: [email]\npurposes: { marketing: {} }\nrules:\n" + string.Concat(Enumerable.Range(0, 500)
            .Select(static i => $"- {{ name: r{i}, gap: 1h, when: {{ topic: [{string.Join(", ", Topics(i))}] }} }}\n")),
        [
            new PolicyWarning(
                3,
                1,
                null,
                "The rules are too many to be held against each other: over 20000 keys and values.",
                "Publish them as they are, or write fewer, with `*` globs, to be warned of rules that do nothing."),
        ]);

    public static OddDocument Find(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name));
        return new OddDocument(text, [.. Expectation().Matches(text).Select(static match => new PolicyWarning(
            int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture),
            match.Groups["rule"].Value is "-" ? null : match.Groups["rule"].Value,
            match.Groups["message"].Value,
            match.Groups["mend"].Value))]);
    }

    private static IEnumerable<string> Topics(int rule) =>
        Enumerable.Range(0, 40).Select(topic => $"t{rule}-{topic}");

    [GeneratedRegex(
        @"^# warn: (?<line>\d+):(?<column>\d+) (?<rule>\S+) \| (?<message>.+) \| (?<mend>.+)$",
        RegexOptions.Multiline)]
    private static partial Regex Expectation();
}
