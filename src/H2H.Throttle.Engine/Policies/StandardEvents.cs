using System.Collections.Frozen;
using H2H.Throttle.Core.Ledgers;

namespace H2H.Throttle.Engine.Policies;

/// <summary>What may happen with a person under any policy. A policy's <c>events</c> adds its own.</summary>
public static class StandardEvents
{
    /// <summary>
    /// What is there because the person said so. It has calls of its own, which do more than remember.
    /// </summary>
    public static FrozenSet<string> Said { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        LedgerEvent.OptOut,
        LedgerEvent.OptIn,
        LedgerEvent.ConsentGiven,
        LedgerEvent.ConsentRevoked);

    public static FrozenSet<string> Names { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        [LedgerEvent.InboundMessage, .. Said, "purchase", "inquiry", "erased"]);
}
