using H2H.Throttle.Core.Consent;
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

    public sealed record Zone(DateTimeZone Known) : PersonChange;
}
