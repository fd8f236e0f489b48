using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios.Vectors;

/// <summary>What a vector says around its history and its attempt.</summary>
internal sealed record VectorContext
{
    /// <summary>The address that all contacts of a vector go to, if a list is asked about it.</summary>
    public const string Address = "+10000000000";

    /// <summary>Maybe none.</summary>
    public ImmutableArray<ScenarioList> Lists { get; init; } = [];

    /// <summary>Facts that the caller states of the attempt: labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where the person may be; empty: where the case says.</summary>
    public ImmutableArray<DateTimeZone> Zones { get; init; } = [];

    /// <summary>Times that the person named, maybe none.</summary>
    public ImmutableArray<PersonQuiet> QuietTimes { get; init; } = [];

    /// <summary>Whether an opt-out of the person survived their erasure.</summary>
    public bool WasSuppressed { get; init; }

    public Person Describe(DateTimeZone zone) => PersonZones.Set(
        new Person { QuietTimes = QuietTimes }, Zones.IsEmpty ? [zone] : Zones);

    /// <summary>What is known when the attempt is made without having been told in the history.</summary>
    public IEnumerable<ScenarioStep> Reminders(ImmutableArray<ScenarioStep> past, ScenarioStep.Ask attempt)
    {
        if (WasSuppressed)
        {
            Instant at = past.IsEmpty ? attempt.At : past[^1].At;
            yield return new ScenarioStep.Say(attempt.Line, at, new PersonChange.OptOut(Scope.Everything));
        }
    }
}
