using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>What a rule looked at to judge a contact, whether it let it pass or not.</summary>
public sealed record Evidence
{
    /// <summary>Of a rule that looks at nothing in the past.</summary>
    public static Evidence None { get; } = new();

    /// <summary>
    /// What counts: contacts, or their weight under a weighted cap. Without the one asked for. Null: nothing does.
    /// </summary>
    public int? Used { get; init; }

    /// <summary>The most that is allowed; null: the rule has no number, or none for this contact.</summary>
    public int? Limit { get; init; }

    /// <summary>The window as the policy writes it; null: the rule has none.</summary>
    public string? Window { get; init; }

    /// <summary>
    /// Where the window begins that was looked at: of a cap or gap the fullest that holds the contact, of a cooldown
    /// the silence. Null: there is none, or it is without a beginning.
    /// </summary>
    /// <remarks>Of a rolling window the start is excluded and the end included; of all others the reverse.</remarks>
    public Instant? Start { get; init; }

    /// <summary>Where it ends; null: there is none, or it is without an end.</summary>
    public Instant? End { get; init; }

    /// <summary>The contacts that count, oldest first: at most <see cref="Reason.CountedMax"/>, the latest.</summary>
    public ImmutableArray<LedgerContact> Counted { get; init; } = [];
}
