using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What a <c>person</c> step changes.</summary>
public abstract record PersonChange
{
    private PersonChange() { }

    public sealed record OptOut(Scope Scope) : PersonChange;

    public sealed record OptIn(Scope Scope) : PersonChange;

    public sealed record Snooze(Scope Scope, Instant Until) : PersonChange;

    /// <summary>In place of the limits that the person had for the same scope and window.</summary>
    public sealed record Limit(PersonLimit Own) : PersonChange;

    /// <summary>In place of the quiet times that the person had for the same scope.</summary>
    public sealed record Quiet(PersonQuiet Named) : PersonChange;

    /// <summary>Where the person is, or may be. One zone is known for certain.</summary>
    public sealed record Zone(ImmutableArray<DateTimeZone> Candidates) : PersonChange;

    /// <summary>The person agrees.</summary>
    public sealed record Consent(ConsentDraft Given) : PersonChange;

    /// <summary>The person agrees no more.</summary>
    public sealed record Revoke(string Name, Scope Scope) : PersonChange;

    /// <summary>The business puts contact on hold.</summary>
    public sealed record Hold(string Name) : PersonChange;

    public sealed record LiftHold(string Name) : PersonChange;

    /// <summary>The person joins the scenario's pool of a kind.</summary>
    public sealed record Join(string Kind) : PersonChange;

    public sealed record Leave(string Kind) : PersonChange;

    /// <summary>Something happened, at the time of the step.</summary>
    public sealed record Event(EventDraft Happened) : PersonChange;
}
