using System.Collections.Frozen;

namespace H2H.Throttle.Engine.Policies;

/// <summary>What may become of a contact under any policy. A policy's <c>outcomes</c> adds its own.</summary>
public static class StandardOutcomes
{
    public static FrozenSet<string> Names { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "sent",
        "delivered",
        "bounced",
        "no_answer",
        "busy",
        "not_in_service",
        "dropped",
        "voicemail",
        "voicemail_full",
        "conversation",
        "refused",
        "complained",
        "abandoned",
        "misdirected",
        "converted");
}
