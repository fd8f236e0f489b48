using System.Collections.Immutable;
using System.Text.RegularExpressions;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads how many contacts a cap allows: <c>3</c>, <c>unlimited</c>, <c>blocked</c>, or a list.</summary>
internal static partial class LimitsReader
{
    private static readonly ImmutableArray<string> Keys = ["limit", "when"];

    /// <summary>Default if they cannot be read.</summary>
    public static ImmutableArray<CapLimit> Read(Node node, PolicyWords words, Findings findings)
    {
        if (node is not Node.List list)
        {
            return ReadOne(node, findings) is { } one ? [one] : default;
        }

        if (list.Items.IsEmpty)
        {
            findings.Report(node, new Fault(
                "The list of limits is empty.",
                "Write `cap: unlimited` if nothing is limited."));
            return default;
        }

        ImmutableArray<CapLimit>.Builder limits = ImmutableArray.CreateBuilder<CapLimit>();
        foreach (Node item in list.Items)
        {
            if (limits.Any(static limit => limit.When is null))
            {
                findings.Report(item, new Fault(
                    "This limit is never looked at: the one before it is for all.",
                    "Put the one without `when` last."));
            }

            if (ReadEntry(item, words, findings) is { } limit)
            {
                limits.Add(limit);
            }
        }

        return limits.Count == list.Items.Length ? limits.ToImmutable() : default;
    }

    /// <summary>One amount, for all; null if it cannot be read.</summary>
    public static CapLimit? ReadOne(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        switch (text.Text)
        {
            case "unlimited":
                return CapLimit.Unlimited;
            case "blocked":
                return CapLimit.Blocked;
        }

        long? number = ValueReader.WholeNumber(text.Text);
        if (number is >= 1 and <= CapLimit.ContactsMax)
        {
            return new CapLimit(null, (int)number);
        }

        findings.Report(node, number is 0
            ? new Fault(
                "A limit of 0 could mean none or no limit.",
                "Write `blocked` for none, `unlimited` for no limit.")
            : new Fault(
                $"{Quoted.Of(text.Text)} is not a limit.",
                WithTime().Match(text.Text) is { Success: true } both
                    ? $"Write the number alone, `{both.Groups["count"].Value}`, and the time in `in: calendar day`."
                    : $"Write a whole number from 1 to {CapLimit.ContactsMax}, `blocked` or `unlimited`."));
        return null;
    }

    private static CapLimit? ReadEntry(Node node, PolicyWords words, Findings findings)
    {
        if (Fields.Of(node, "a limit", Keys, findings) is not { } fields)
        {
            return null;
        }

        Matcher? when = fields["when"] is { } matcher
            ? MatcherReader.Read(matcher, MatcherUse.Attempt, words, findings)
            : null;
        if (fields["limit"] is not { } amount)
        {
            findings.Report(node, new Fault(
                "This entry has no limit.",
                "Write `limit: 4`, `limit: blocked` or `limit: unlimited`."));
            return null;
        }

        return ReadOne(amount, findings) is { } limit ? limit with { When = when } : null;
    }

    [GeneratedRegex(
        "^(?<count>[1-9][0-9]*)(?: ?(?:per|in|each|every|an?|times|/).*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WithTime();
}
