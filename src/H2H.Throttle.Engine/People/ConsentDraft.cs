using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A consent as a caller describes it, not checked yet.</summary>
/// <param name="Name">What for, as rules name it. Must be there.</param>
public sealed record ConsentDraft(string? Name)
{
    public Scope Scope { get; init; } = Scope.Everything;

    /// <summary>Since when; null: from now on.</summary>
    public Instant? StartsAt { get; init; }

    /// <summary>It is in force before then; null: until it ends otherwise.</summary>
    public Instant? Until { get; init; }

    /// <summary>Outcomes and events that end it.</summary>
    public ImmutableArray<string> EndsOn { get; init; } = [];

    /// <summary>Where it can be shown; null or empty: not told.</summary>
    public string? Proof { get; init; }

    /// <summary>Where it was given; null or empty: not told.</summary>
    public string? Source { get; init; }
}
