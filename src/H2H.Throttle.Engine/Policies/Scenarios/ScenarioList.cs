using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>A copy of a suppression list in a scenario.</summary>
/// <param name="Name">By which rules know it.</param>
/// <param name="AsOf">The instant of which it tells.</param>
/// <param name="Holds">Addresses as they are written, maybe none.</param>
public sealed record ScenarioList(string Name, Instant AsOf, ImmutableArray<string> Holds);
