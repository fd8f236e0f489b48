using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>A contact of a scenario, defaults filled in.</summary>
/// <param name="Traits">What it is. Its address stands as it is written, without a hash.</param>
/// <param name="Weight">1 to <see cref="Attempt.WeightMax"/>.</param>
/// <param name="PlannedAt">When it would be made; null: at the time of the step.</param>
/// <param name="OverrideReason">Why rules that warn are to be passed; null: they deny.</param>
public sealed record ScenarioContact(ContactTraits Traits, int Weight, Instant? PlannedAt, string? OverrideReason)
{
    /// <summary>
    /// What was talked about, where that is not what it was placed for; of one that was made. Maybe none.
    /// </summary>
    public ImmutableArray<string> Discussed { get; init; } = [];

    /// <summary>The contact as it is asked for at a time.</summary>
    /// <param name="at">The time on the clock.</param>
    /// <param name="lists">What loaded lists say of its address.</param>
    public Attempt ToAttempt(Instant at, ImmutableArray<ListStanding> lists) =>
        new(Traits, PlannedAt ?? at, Weight, OverrideReason) { Lists = lists };
}
