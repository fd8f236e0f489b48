using H2H.Throttle.Core.Consent;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>One thing that a person said, as it was said.</summary>
/// <param name="Kind">What.</param>
/// <param name="Scope">What it was about.</param>
/// <param name="At">When.</param>
public sealed record HistoryEntry(HistoryKind Kind, Scope Scope, Instant At)
{
    /// <summary>The most that are kept of one person; beyond them the oldest is counted and forgotten.</summary>
    public const int EntriesMax = 128;

    /// <summary>The consent's name; null: it was about none.</summary>
    public string? Consent { get; init; }

    /// <summary>The end of a snooze or consent; null: without end.</summary>
    public Instant? Until { get; init; }

    /// <summary>
    /// The limits or quiet times of the scope from then on, as in <see cref="OwnWords"/>; null: it was about none, or
    /// that is not kept.
    /// </summary>
    public string? Wish { get; init; }

    /// <summary>Where it was said, in the caller's words; null: nobody told.</summary>
    public string? Source { get; init; }

    /// <summary>Who passed it on, as the journal names them: <c>key 3f1c9a07b2d4</c>; null: nobody told.</summary>
    public string? By { get; init; }

    /// <summary>The call, or <c>page</c>, <c>link</c> or <c>keyword</c>; null: nobody told.</summary>
    public string? Through { get; init; }
}
