using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>A decision with everything behind it: to be read out, shown and drawn.</summary>
public sealed record Explanation
{
    /// <summary>The most contacts that are told, the latest ones.</summary>
    public const int ContactsMax = 500;

    /// <summary>The most slots that are told, the first ones.</summary>
    public const int OpenMax = 50;

    public required Attempt Attempt { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>What is always in force first, then the policy's rules in order, also those without a say.</summary>
    public required ImmutableArray<RuleFinding> Rules { get; init; }

    /// <summary>What single change would allow it, the easiest first; empty if it is allowed or none would.</summary>
    /// <remarks>Each was tried: with it the decision is to allow.</remarks>
    public required ImmutableArray<Change> Changes { get; init; }

    /// <summary>
    /// The time worth looking at: from the first window to the last, at most <see cref="LookMax"/> to either side.
    /// </summary>
    public required Interval Horizon { get; init; }

    /// <summary>The person's contacts within the horizon, whether they count or not, oldest first.</summary>
    public required ImmutableArray<LedgerContact> Contacts { get; init; }

    /// <summary>There are more contacts within the horizon, earlier ones.</summary>
    public required bool HasMoreContacts { get; init; }

    /// <summary>
    /// For when the contact may be planned now, from the instant that is judged until the end of the horizon.
    /// </summary>
    public required ImmutableArray<Interval> Open { get; init; }

    public static Duration LookMax { get; } = Duration.FromDays(92);
}
