using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Engine.Tests.Policies;

/// <summary>Documents past a bound, and one that a text file cannot show, with the error they must produce.</summary>
internal static class LargeDocuments
{
    private const string Head = "channels: [email]\npurposes: { marketing: {} }\n";

    private const string Step = "  - { at: \"2026-03-02T09:00:00Z\", ask: {}, expect: allow }\n";

    public static ImmutableArray<(Func<ImmutableArray<PolicyError>> Errors, PolicyError Expected)> All { get; } =
    [
        (
            () => BadDocument.ErrorsOfPolicy($"{Head}#{new string('é', PolicyParser.DocumentBytesMax / 2)}"),
            new PolicyError(
                1, 1, null, "The document is longer than 1048576 bytes.",
                "Make it shorter; rules can share matchers by `*` globs.")
        ),
        (
            () => BadDocument.ErrorsOfPolicy($"{Head}# \0\nrules: []\n"),
            new PolicyError(
                3, 3, null, "A control character (U+0000) stands here.", "Remove it; a policy is plain text.")
        ),
        (
            () => BadDocument.ErrorsOfPolicy(
                $"purposes: {{ research: {{}} }}\nchannels:\n{Lines(Policy.ChannelsMax + 1, static i => $"- c{i}\n")}"),
            new PolicyError(67, 3, null, "A policy declares at most 64 channels.", "Declare fewer.")
        ),
        (
            () => BadDocument.ErrorsOfPolicy(
                $"channels: [email]\npurposes:\n{Lines(Policy.PurposesMax + 1, static i => $"  p{i}: {{}}\n")}"),
            new PolicyError(259, 3, null, "A policy declares at most 256 purposes.", "Declare fewer.")
        ),
        (
            () => BadDocument.ErrorsOfPolicy($"{Head}outcomes:\n{Lines(101, static i => $"  - o{i}\n")}"),
            new PolicyError(104, 5, null, "A policy adds at most 100 outcomes.", "Declare fewer.")
        ),
        (
            () => BadDocument.ErrorsOfPolicy(
                $"{Head}rules:\n{Lines(Policy.RulesMax + 1, static i => $"  - {{ name: r{i}, gap: 1h }}\n")}"),
            new PolicyError(
                504, 5, null, "A policy has at most 500 rules.",
                "Merge rules that differ in one value into one with a list.")
        ),
        (
            () => BadDocument.ErrorsOfPolicy(
                $"{Head}rules:\n{Lines(250, static i => $"  - {{ name: r{i}, gap: long }}\n")}"),
            new PolicyError(204, 24, null, "There are 50 more errors from here on.", "Mend those above first.")
        ),
        (
            () => BadDocument.ErrorsOfScenarios(
                $"scenario: s\npolicy: {{ inline: {{ channels: [email], purposes: {{ marketing: {{}} }} }} }}\n"
                + $"defaults: {{ channel: email, purpose: marketing }}\nsteps:\n"
                + Lines(ScenarioReader.StepsMax + 1, static _ => Step)),
            new PolicyError(10005, 5, null, "A scenario has at most 10000 steps.", "Make several scenarios of it.")
        ),
    ];

    private static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(line));
}
