using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Guesses which key was meant by a word that people use for it elsewhere.</summary>
internal static class KeyGuess
{
    private static readonly ImmutableDictionary<string, string> Elsewhere = new Dictionary<string, string>
    {
        ["timezone"] = "zone", ["time_zone"] = "zone", ["tz"] = "zone",
        ["max"] = "cap", ["maximum"] = "cap", ["limit"] = "cap", ["count"] = "cap",
        ["window"] = "in", ["period"] = "in", ["interval"] = "in",
        ["to"] = "until", ["end"] = "until", ["start"] = "from",
        ["action"] = "effect", ["mode"] = "effect",
        ["if"] = "when", ["match"] = "when", ["for"] = "when", ["where"] = "when", ["except"] = "unless",
        ["group_by"] = "per", ["delay"] = "gap", ["min_gap"] = "gap", ["open"] = "hours", ["closed"] = "quiet",
        ["id"] = "name", ["title"] = "name", ["comment"] = "description", ["note"] = "description",
    }.ToImmutableDictionary();

    private static readonly ImmutableArray<string> Traits =
    [
        "channel", "purpose", "brand", "campaign", "topic", "sender", "subject", "country", "priority", "direction",
    ];

    /// <summary>What to write instead, as a sentence; null: no idea.</summary>
    /// <param name="text">The key that is not known.</param>
    /// <param name="known">Those that are.</param>
    public static string? Of(string text, ImmutableArray<string> known)
    {
        if (known.Contains("when") && known.Contains("effect")
            && (Traits.Contains(text) || text.StartsWith("person.", StringComparison.Ordinal)
                || text.StartsWith("label.", StringComparison.Ordinal)))
        {
            return $"Write it inside `when: {{ {text}: … }}`.";
        }

        if (known.Contains("effect") && text is "enabled" or "active" or "disabled")
        {
            return "Remove the rule, or write `effect: observe` to keep it without effect.";
        }

        return Elsewhere.GetValueOrDefault(text) is { } key && known.Contains(key)
            ? $"Write `{key}`."
            : null;
    }
}
