using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>
/// A story about a person, or several alike, under one policy, with what must be answered on the way.
/// </summary>
/// <param name="Name">Unique in a file only by habit.</param>
/// <param name="Line">Where it starts in its file, from 1.</param>
/// <param name="Policy">In force throughout.</param>
/// <param name="Document">What the policy was read from; an inline one as JSON.</param>
/// <param name="Person">As the story begins: without contacts, and having said nothing.</param>
/// <param name="Steps">In the order of time.</param>
public sealed record Scenario(
    string Name, int Line, Policy Policy, string Document, Person Person, ImmutableArray<ScenarioStep> Steps)
{
    /// <summary>The file that the policy was read from, as the scenario writes it; null: it is inline.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>Whom steps are about that name nobody, in a scenario without pools.</summary>
    public const string Somebody = "the person";

    /// <summary>Who shares limits as the story begins, maybe nobody.</summary>
    public ImmutableArray<ScenarioPool> Pools { get; init; } = [];

    /// <summary>Everybody in it, those of the pools first. Never empty.</summary>
    public ImmutableArray<string> People =>
    [
        .. Pools.SelectMany(static pool => pool.People).Concat(Steps.Select(static step => step.Who)).Distinct(),
    ];

    /// <summary>Suppression lists that are loaded as the story begins, maybe none.</summary>
    public ImmutableArray<ScenarioList> Lists { get; init; } = [];
}
