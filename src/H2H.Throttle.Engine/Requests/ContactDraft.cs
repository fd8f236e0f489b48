using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Engine.Requests;

/// <summary>
/// A contact as a caller describes it, not checked yet. Texts that were not given are null or empty alike.
/// </summary>
public sealed record ContactDraft
{
    public string? PersonId { get; init; }

    public string? Channel { get; init; }

    public string? Purpose { get; init; }

    public string? Brand { get; init; }

    public string? Campaign { get; init; }

    public string? Topic { get; init; }

    public string? Sender { get; init; }

    public string? Country { get; init; }

    /// <summary>As written; only its keyed hash goes any further.</summary>
    public string? Address { get; init; }

    public Direction Direction { get; init; }

    public int Priority { get; init; }

    public int Weight { get; init; } = 1;

    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>
    /// What was talked about, where that is not <see cref="Subjects"/>; only of contacts that were made. Maybe none.
    /// </summary>
    public ImmutableArray<string> Discussed { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When the contact is for, if not for now.</summary>
    public Instant? PlannedAt { get; init; }
}
