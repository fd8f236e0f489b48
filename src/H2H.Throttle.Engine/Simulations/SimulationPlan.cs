using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>What is to be simulated.</summary>
/// <param name="Candidate">The policy to try.</param>
public sealed record SimulationPlan(Policy Candidate)
{
    /// <summary>
    /// The policy to hold it against; null: what happened is held against, where nothing of it was refused but what a
    /// history says was.
    /// </summary>
    public Policy? Baseline { get; init; }

    /// <summary>Contacts before are past, and told of no more; null: all are told of.</summary>
    public Instant? From { get; init; }

    /// <summary>Contacts from then on are not told of; null: all are.</summary>
    public Instant? Until { get; init; }

    /// <summary>How much of all people to look at: above 0, to 1.</summary>
    /// <remarks>The same people in every run over the same store, so that two candidates meet the same.</remarks>
    public double Sample
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    }
    = 1;

    internal bool Tells(Instant at) => !(at < From || at >= Until);
}
