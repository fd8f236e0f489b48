using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>What a policy declares, for its rules to use.</summary>
/// <param name="Channels">Default if they cannot be read; then nothing is said about channels.</param>
/// <param name="Purposes">Null if they cannot be read; then nothing is said about purposes.</param>
/// <param name="Outcomes">Of the policy's own.</param>
/// <param name="Events">Of the policy's own.</param>
/// <param name="Zone">The policy's; null: none is given.</param>
/// <param name="Country">The policy's; null: none is given.</param>
internal sealed record PolicyWords(
    ImmutableArray<string> Channels,
    ImmutableDictionary<string, Purpose>? Purposes,
    ImmutableHashSet<string> Outcomes,
    ImmutableHashSet<string> Events,
    DateTimeZone? Zone,
    string? Country)
{
    /// <summary>The policy's own outcomes and the standard ones.</summary>
    public IEnumerable<string> AllOutcomes => Outcomes.Concat(StandardOutcomes.Names).Order(StringComparer.Ordinal);

    /// <summary>The policy's own events and the standard ones.</summary>
    public IEnumerable<string> AllEvents => Events.Concat(StandardEvents.Names).Order(StringComparer.Ordinal);

    public static PolicyWords Of(Policy policy) =>
        new(policy.Channels, policy.Purposes, policy.Outcomes, policy.Events, policy.Zone, policy.Country);
}
