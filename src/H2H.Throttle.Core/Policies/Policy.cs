using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Policies;

/// <summary>A named, immutable set of rules and of the words they use.</summary>
/// <remarks>Whoever makes one has checked it: names are unique and rules use declared channels and purposes.</remarks>
public sealed record Policy
{
    public const int RulesMax = 500;
    public const int ChannelsMax = 64;
    public const int PurposesMax = 256;

    private readonly FrozenDictionary<string, Purpose> purposes = FrozenDictionary<string, Purpose>.Empty;

    public required string Name { get; init; }

    /// <summary>For people whose zone nothing tells; null: every candidate zone must agree.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, for people whose country nothing tells; null: none.</summary>
    public string? Country { get; init; }

    public IsoDayOfWeek WeekStarts { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>By country, for rules about hours that name no calendar. Maybe empty.</summary>
    public FrozenDictionary<string, HolidayCalendar> Calendars { get; init; } =
        FrozenDictionary<string, HolidayCalendar>.Empty;

    /// <summary>Declared channels, in the order of the document.</summary>
    public required ImmutableArray<string> Channels { get; init; }

    public required ImmutableDictionary<string, Purpose> Purposes
    {
        get;
        init
        {
            field = value;
            purposes = value.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>Channels on which an expired reservation no longer counts.</summary>
    public ImmutableHashSet<string> ReleasesUnconfirmedOn { get; init; } = [];

    /// <summary>Outcomes of the policy's own, beside the standard ones.</summary>
    public ImmutableHashSet<string> Outcomes { get; init; } = [];

    /// <summary>Events of the policy's own, beside the standard ones.</summary>
    public ImmutableHashSet<string> Events { get; init; } = [];

    /// <summary>Which spellings of a mail address are one mailbox.</summary>
    public MailboxRules Mailboxes { get; init; } = MailboxRules.None;

    /// <summary>In the order of the document, which is the order of the reasons in a decision.</summary>
    public ImmutableArray<Rule> Rules
    {
        get;
        init
        {
            field = value;
            DeniesOnly = value.All(static rule => rule.Effect is Effect.Deny);
            PoolKinds =
            [
                .. value.OfType<Cap>().Select(static cap => cap.Density.Pool).OfType<string>()
                    .Distinct().Order(StringComparer.Ordinal),
            ];
            Lists = [.. value.OfType<Listed>().Select(static rule => rule.List).Distinct()];
            KnowsHolidays = value.Any(static rule => rule is Hours { Schedule.KnowsHolidays: true });
        }
    }
    = [];

    /// <summary>The lists that rules look addresses up on, each once.</summary>
    public ImmutableArray<string> Lists { get; private init; } = [];

    /// <summary>The kinds of pool over which some rule counts, in order, without duplicates.</summary>
    public ImmutableArray<string> PoolKinds { get; private init; } = [];

    /// <summary>Whether no rule warns or observes.</summary>
    internal bool DeniesOnly { get; private init; } = true;

    /// <summary>Whether a rule goes by holidays, which may not be known.</summary>
    internal bool KnowsHolidays { get; private init; }

    /// <summary>How far back any rule looks; null: for ever.</summary>
    public Duration? Reach
    {
        get
        {
            Duration most = Duration.Zero;
            foreach (Rule rule in Rules)
            {
                if (rule.Reach is not { } reach)
                {
                    return null;
                }

                most = Duration.Max(most, reach);
            }

            return most;
        }
    }

    /// <summary>Whether what the person said can stop contacts of this purpose.</summary>
    public bool StopsOnOptOut(string purpose) => PurposeOf(purpose) is not { ObeysOptOut: false };

    /// <summary>Null if the policy does not declare it: an older version may have.</summary>
    internal Purpose? PurposeOf(string name) => purposes.GetValueOrDefault(name);

    /// <summary>
    /// Whether the contact counts for an attempt asked for at <paramref name="asked"/>, before any rule looks at it.
    /// </summary>
    public bool Counts(in LedgerContact contact, Instant asked) => contact.State switch
    {
        ContactState.Made => true,
        ContactState.Released => false,
        _ => asked < contact.Expires || !ReleasesUnconfirmedOn.Contains(contact.Traits.Channel),
    };
}
