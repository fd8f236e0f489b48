using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Contacts;

/// <summary>A contact that is asked for.</summary>
public sealed record Attempt
{
    public const int WeightMax = 1000;

    /// <param name="traits">What it is.</param>
    /// <param name="at">When it would be made: now, or later if it is planned.</param>
    /// <param name="weight">How much it counts under a <c>weighted</c> cap: 1 to <see cref="WeightMax"/>.</param>
    /// <param name="overrideReason">Why rules that only warn are to be passed; null: they deny.</param>
    public Attempt(ContactTraits traits, Instant at, int weight = 1, string? overrideReason = null)
    {
        ArgumentNullException.ThrowIfNull(traits);
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, WeightMax);
        (Traits, At, Weight, OverrideReason) = (traits, at, weight, overrideReason);
    }

    public ContactTraits Traits { get; }

    public Instant At { get; }

    public int Weight { get; }

    public string? OverrideReason { get; }

    /// <summary>
    /// What each list that is loaded says of the address. Default: the address cannot be looked up, because no list
    /// has addresses that are written so.
    /// </summary>
    public ImmutableArray<ListStanding> Lists { get; init; } = [];
}
