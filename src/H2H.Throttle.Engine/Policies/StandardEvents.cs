using System.Collections.Frozen;

namespace H2H.Throttle.Engine.Policies;

/// <summary>What may happen with a person under any policy. A policy's <c>events</c> adds its own.</summary>
public static class StandardEvents
{
    public const string OptOut = "opt_out";
    public const string OptIn = "opt_in";
    public const string ConsentGiven = "consent_given";
    public const string ConsentRevoked = "consent_revoked";

    public static FrozenSet<string> Names { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "inbound_message",
        OptOut,
        OptIn,
        ConsentGiven,
        ConsentRevoked,
        "purchase",
        "inquiry",
        "erased");
}
