using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A contact that was asked about or told of, after its checks.</summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Traits">What it is.</param>
/// <param name="Weight">What it counts for.</param>
/// <param name="PlannedAt">When it is for; null: for the time of the call.</param>
/// <param name="Now">The time of the call.</param>
/// <param name="OverrideReason">Why rules that only warn are to be passed; null: they deny.</param>
internal sealed record Asked(
    PersonKey Person, ContactTraits Traits, int Weight, Instant? PlannedAt, Instant Now, string? OverrideReason)
{
    /// <summary>What was talked about, where that is not its subjects; none of what is only asked about.</summary>
    public ImmutableArray<string> Discussed { get; init; } = [];

    /// <param name="now">The person's time, which may be later than the call's.</param>
    public Attempt At(Instant now) => new(
        Traits, PlannedAt is { } planned ? Instant.Max(planned, now) : now, Weight, OverrideReason);
}
