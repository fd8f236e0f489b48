using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>People of a scenario who share limits as it begins.</summary>
/// <param name="Kind">Such as <c>household</c>; a scenario has one pool of a kind.</param>
/// <param name="People">Their names in the scenario, without duplicates.</param>
public sealed record ScenarioPool(string Kind, ImmutableArray<string> People);
