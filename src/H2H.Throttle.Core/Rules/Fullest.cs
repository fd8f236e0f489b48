using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Of the windows that hold a contact, the one that leaves it the least room.</summary>
/// <param name="Used">The sum of the contacts in it, without the new one.</param>
/// <param name="Counted">The latest of them, oldest first.</param>
/// <param name="Start">Where it begins, excluded if it is rolling; null: nowhere.</param>
/// <param name="End">Where it ends, included if it is rolling; null: nowhere.</param>
internal sealed record Fullest(int Used, ImmutableArray<LedgerContact> Counted, Instant? Start, Instant? End)
{
    public Evidence ToEvidence(Window window) => new()
    {
        Used = Used, Window = window.ToString(), Start = Start, End = End, Counted = Counted,
    };
}
