using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Something that happens in a scenario.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="At">The time on the clock when it happens.</param>
public abstract record ScenarioStep(int Line, Instant At)
{
    /// <summary>Whom it is about, by a name that only the scenario knows.</summary>
    public string Who { get; init; } = Scenario.Somebody;

    /// <summary>A check, which changes nothing.</summary>
    public sealed record Ask(int Line, Instant At, ScenarioContact Contact, ScenarioExpectation Expected)
        : ScenarioStep(Line, At);

    /// <summary>A reservation: it counts from now on if it is allowed.</summary>
    public sealed record Take(int Line, Instant At, ScenarioContact Contact, ScenarioExpectation Expected)
        : ScenarioStep(Line, At);

    /// <summary>A contact that was made at that time, allowed or not.</summary>
    /// <param name="Line">Where it stands.</param>
    /// <param name="At">When it was made.</param>
    /// <param name="Contact">Not planned.</param>
    /// <param name="Outcome">What became of it; null: not known.</param>
    public sealed record Did(int Line, Instant At, ScenarioContact Contact, string? Outcome) : ScenarioStep(Line, At);

    /// <summary>The person says something, or something is learnt about the person.</summary>
    public sealed record Say(int Line, Instant At, PersonChange Change) : ScenarioStep(Line, At);

    /// <summary>A suppression list is loaded, in place of the copy that there was.</summary>
    public sealed record Load(int Line, Instant At, ScenarioList List) : ScenarioStep(Line, At);
}
