using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>What is known of one person's past.</summary>
/// <param name="Person">As they are now, with the ledger of what they have had.</param>
public sealed record Past(Person Person)
{
    /// <summary>
    /// Contacts that were asked for and refused, as they would have been made, ordered as in a ledger. Stores keep
    /// none; a history file may.
    /// </summary>
    public ImmutableArray<LedgerContact> Refused { get; init; } = [];
}
