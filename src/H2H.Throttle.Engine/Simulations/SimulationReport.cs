using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>What a policy would have done to the past.</summary>
/// <remarks>All numbers are of the sample; those of everybody are about <see cref="Scale"/> times as many.</remarks>
public sealed record SimulationReport
{
    /// <summary>The candidate's own name.</summary>
    public required string Candidate { get; init; }

    /// <summary>What it is held against, in words.</summary>
    public required string Baseline { get; init; }

    /// <summary>How much of all people was looked at: 1 is all.</summary>
    public required double Sample { get; init; }

    /// <summary>By how much to multiply for everybody.</summary>
    public double Scale => 1 / Sample;

    /// <summary>The first and the last contact that is told of; null: there is none.</summary>
    public Instant? First { get; init; }

    public Instant? Last { get; init; }

    /// <summary>Whose past was read.</summary>
    public required long People { get; init; }

    /// <summary>Those who had a contact that is told of.</summary>
    public required long PeopleContacted { get; init; }

    /// <summary>Those with a contact that is newly refused.</summary>
    public required long PeopleAffected { get; init; }

    /// <summary>Those whose records are damaged and were passed over.</summary>
    public required long PeopleUnreadable { get; init; }

    /// <summary>Contacts that the candidate was asked for, each once.</summary>
    public required long Contacts { get; init; }

    public required long Refused { get; init; }

    public long Allowed => Contacts - Refused;

    /// <summary>Refused by the candidate, and not by what it is held against.</summary>
    public required long NewlyRefused { get; init; }

    /// <summary>Allowed by the candidate, and not by what it is held against.</summary>
    public required long NewlyAllowed { get; init; }

    /// <summary>
    /// How far <see cref="Refused"/> times <see cref="Scale"/> may be off in 95 of 100 samples; 0: all were looked at.
    /// </summary>
    public required double RefusedMargin { get; init; }

    /// <summary>The same for <see cref="PeopleAffected"/>.</summary>
    public required double PeopleAffectedMargin { get; init; }

    /// <summary>The same for the share of contacts that is refused, as a part of 1.</summary>
    public required double RefusedShareMargin { get; init; }

    /// <summary>Rules that any contact breaks, those with the most contacts first.</summary>
    public required ImmutableArray<SimulatedRule> Rules { get; init; }

    /// <summary>Those with the most contacts first; so are the brands and purposes.</summary>
    public required ImmutableArray<SimulatedGroup> Channels { get; init; }

    public required ImmutableArray<SimulatedGroup> Brands { get; init; }

    public required ImmutableArray<SimulatedGroup> Purposes { get; init; }

    /// <summary>By the first day of the week in UTC, in order.</summary>
    public required ImmutableArray<SimulatedGroup> Weeks { get; init; }

    /// <summary>How many contacts people had in all, fewest first; only of people who had any.</summary>
    public required ImmutableArray<SimulatedBar> PerPerson { get; init; }

    /// <summary>How many contacts people had in the week in which they had the most.</summary>
    public required ImmutableArray<SimulatedBar> PerBusiestWeek { get; init; }

    /// <summary>What the numbers do not say, in sentences.</summary>
    public required ImmutableArray<string> Limits { get; init; }
}
