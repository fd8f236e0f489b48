using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads a matcher: a map whose keys must all match.</summary>
internal static class MatcherReader
{
    /// <summary>Keys that cannot be read are left out.</summary>
    public static Matcher Read(Node node, MatcherUse use, PolicyWords words, Findings findings)
    {
        switch (node)
        {
            case Node.Map map:
                if (use is MatcherUse.Happened && map.Find("event") is { } happened && map.Find("outcome") is not null)
                {
                    findings.Report(happened.Key, new Fault(
                        "Nothing is an event and has an outcome: outcomes are of contacts.",
                        "Make two rules of it."));
                }

                return new Matcher(
                    [.. map.Entries.SelectMany(entry => ConditionReader.Read(entry, use, words, findings))]);
            case Node.Scalar { IsNothing: true }:
                return Matcher.Any;
            default:
                findings.Report(node, new Fault(
                    $"A map of conditions is expected here, not {node.Shape}.",
                    node is Node.Scalar { Text: var text } && KeyOf(text, use, words) is { } key
                        ? $"Write `{{ {key}: {text} }}`."
                        : "Write `{ channel: email, purpose: marketing }`."));
                return Matcher.Any;
        }
    }

    /// <summary>By which key a matcher names the word; null: no idea.</summary>
    private static string? KeyOf(string word, MatcherUse use, PolicyWords words) => word switch
    {
        _ when !words.Channels.IsDefault && words.Channels.Contains(word) => "channel",
        _ when words.Purposes?.ContainsKey(word) == true => "purpose",
        _ when use is not MatcherUse.Attempt && words.AllOutcomes.Contains(word) => "outcome",
        _ when use is MatcherUse.Happened && words.AllEvents.Contains(word) => "event",
        _ => null,
    };
}
