using NodaTime;

namespace H2H.Throttle.Engine.Lists;

/// <summary>What an import is about, as a caller describes it, not checked yet.</summary>
public sealed record ImportDraft
{
    /// <summary>Makes the import resumable and safe to repeat; null or empty: it is neither.</summary>
    public string? ImportId { get; init; }

    public string? List { get; init; }

    /// <summary>The instant of which the file tells; must be given.</summary>
    public Instant? AsOf { get; init; }

    public ImportMode Mode { get; init; } = ImportMode.Replace;

    /// <summary>For phone numbers that have none, such as <c>+1</c>; null or empty: those are bad lines.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Of the key that lines with hashes were made with; null or empty: there are no such lines.</summary>
    public string? KeyId { get; init; }

    /// <summary>The time of the call; null: the clock's.</summary>
    public Instant? At { get; init; }
}
