using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.People;

/// <summary>All that is known of a person: who they are to the rules, what they said, and their contacts.</summary>
public sealed record Person
{
    public const int AttributesMax = 64;
    public const int AttributeLengthMax = 128;

    /// <summary>A person of whom nothing is known.</summary>
    public static Person Unknown { get; } = new();

    /// <summary>Null: not known; then every candidate zone counts.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case; null: not known.</summary>
    public string? Country { get; init; }

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public Statements Statements { get; init; } = Statements.None;

    public ImmutableArray<Snooze> Snoozes { get; init; } = [];

    public ImmutableArray<PersonLimit> Limits { get; init; } = [];

    public ImmutableArray<GivenConsent> Consents { get; init; } = [];

    /// <summary>The names of what the business has put on hold.</summary>
    public ImmutableSortedSet<string> Holds { get; init; } = ImmutableSortedSet<string>.Empty;

    public Ledger Ledger { get; init; } = Ledger.Empty;
}
