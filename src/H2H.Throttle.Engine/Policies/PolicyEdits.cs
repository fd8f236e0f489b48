using System.Diagnostics;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Makes the next version of a policy from those that there are.</summary>
internal static class PolicyEdits
{
    /// <exception cref="RequestException">Another version is in force than its author started from.</exception>
    public static void RequireExpected(long? expected, long current)
    {
        if (expected is { } number && number != current)
        {
            throw new RequestException(
                ProblemReason.PolicyVersionConflict,
                "expected_version",
                $"Version {current} is in force, not {number}; read it and edit that.");
        }
    }

    /// <summary>The document in force with another number in one cap.</summary>
    /// <exception cref="RequestException">There is no such cap.</exception>
    public static PolicyDraft AdjustCap(Shelf now, string rule, CapLimit cap, string? comment)
    {
        CapAdjustment.Adjusted adjusted = Adjust(now.Current.Version.Document, rule, cap);
        return new PolicyDraft(
            adjusted.Document,
            string.IsNullOrEmpty(comment)
                ? $"Cap of {rule}: {CapText.Of(adjusted.Previous)} → {CapText.Of(cap)}."
                : comment);
    }

    /// <summary>The limit that the rule had in the version before.</summary>
    public static CapLimit PreviousOf(Shelf now, PolicyVersion version, string rule, CapLimit cap) =>
        Adjust(now.Find(version.Number - 1)!.Document, rule, cap).Previous;

    /// <summary>The document of an older version.</summary>
    /// <param name="now">What there is.</param>
    /// <param name="number">
    /// Which; null: the one before what is in force, and where that was an older one put in force again, the one before
    /// that. So going back again goes further back, not forth.
    /// </param>
    /// <param name="comment">Why; null or empty: not told.</param>
    /// <exception cref="RequestException">There is no such version, or it is the one in force.</exception>
    public static PolicyDraft RollBack(Shelf now, long? number, string? comment)
    {
        PolicyVersion current = now.Current.Version;
        long wanted = number ?? OriginOf(now, current.Number) - 1;
        if (number is null && wanted < 1)
        {
            throw new RequestException(
                ProblemReason.PolicyVersionFirst, "version", "The first version is in force; there is none before it.");
        }

        PolicyVersion old = now.Find(wanted)?.ToVersion() ?? throw new RequestException(
            ProblemReason.PolicyVersionUnknown, "version",
                $"There is no version {wanted}; the last is {current.Number}.");
        if (old.Document == current.Document)
        {
            throw new RequestException(
                ProblemReason.PolicyVersionInForce,
                "version",
                $"What version {wanted} says is in force, as version {current.Number}.");
        }

        return new PolicyDraft(
            old.Document, string.IsNullOrEmpty(comment) ? $"Back to version {wanted}." : comment, wanted);
    }

    /// <summary>The version by which the document of a version came for the first time.</summary>
    private static long OriginOf(Shelf now, long number)
    {
        while (now.Find(number)?.Restores is { } restored)
        {
            number = restored;
        }

        return number;
    }

    private static CapAdjustment.Adjusted Adjust(string document, string rule, CapLimit cap) =>
        PolicyEditor.AdjustCap(document, rule, cap) switch
        {
            CapAdjustment.Adjusted adjusted => adjusted,
            CapAdjustment.RuleUnknown => throw new RequestException(
                ProblemReason.RuleUnknown, "rule", "The policy in force has no rule of that name."),
            CapAdjustment.NotOneCap not => throw new RequestException(ProblemReason.RuleNotACap, "rule", not.Why),
            _ => throw new UnreachableException(),
        };
}
