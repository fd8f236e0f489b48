using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What a scenario is run against: the decision alone, an engine with its store, or a server.</summary>
/// <remarks>Steps come one at a time and never back in time.</remarks>
public interface IScenarioSubject
{
    /// <summary>
    /// Puts the scenario's policy in force and meets its people, who have no past, and puts them into their pools.
    /// </summary>
    ValueTask BeginAsync(Scenario scenario, CancellationToken cancellation);

    /// <summary>Whom the next step is about: one of <see cref="Scenario.People"/>.</summary>
    void TurnTo(string person);

    /// <summary>Checks, and changes nothing.</summary>
    ValueTask<ScenarioAnswer> AskAsync(Instant at, ScenarioContact contact, CancellationToken cancellation);

    /// <summary>Reserves; the reservation outlives the scenario.</summary>
    ValueTask<ScenarioAnswer> TakeAsync(Instant at, ScenarioContact contact, CancellationToken cancellation);

    /// <summary>Records a contact that was made, whatever the rules say.</summary>
    ValueTask DidAsync(Instant at, ScenarioContact contact, string? outcome, CancellationToken cancellation);

    ValueTask SayAsync(Instant at, PersonChange change, CancellationToken cancellation);

    /// <summary>Loads a suppression list in place of the copy that there was; it holds for the next step.</summary>
    ValueTask LoadAsync(Instant at, ScenarioList list, CancellationToken cancellation);
}
