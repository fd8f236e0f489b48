using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Answers whether a contact may be made, slowly, from the words of the policy language alone.</summary>
/// <remarks>Says nothing of opt-outs: <c>NaiveStatements</c> does. Rules that only observe are left out.</remarks>
internal sealed class NaiveDecider(
    Policy policy, Person person, IReadOnlyDictionary<string, NaiveHours> hoursByRule)
{
    private readonly Dictionary<DateTimeZone, NaiveCalendar> calendars = [];

    /// <summary>The names of the rules in the way.</summary>
    public ImmutableArray<string> Denying(Attempt attempt, Instant now) =>
    [
        .. person.Snoozes
            .Where(snooze => snooze.Scope.Covers(attempt.Traits) && attempt.At < snooze.Until)
            .Take(1)
            .Select(static _ => "snooze"),
        .. person.Limits
            .Where(limit => limit.Scope.Covers(attempt.Traits) && IsOverLimit(limit, attempt, now))
            .Select(static _ => PersonLimit.RuleName),
        .. person.QuietTimes.Where(quiet => IsInconvenient(quiet, attempt, now)).Select(static _ => "person-quiet"),
        .. policy.Rules.Where(rule => Denies(rule, attempt, now)).Select(static rule => rule.Name),
    ];

    /// <remarks>A consent's days are counted where the person may be, whatever the policy says.</remarks>
    private bool HasConsent(ConsentTerms terms, Attempt attempt) => NaiveFacts.HasConsent(
        person,
        terms,
        attempt.Traits,
        [
            .. (person.Zone is { } own ? [own] : Located(person.Country)).Select(CalendarOf),
        ],
        attempt.At);

    private bool IsOverLimit(PersonLimit limit, Attempt attempt, Instant now)
    {
        if (!policy.Purposes[attempt.Traits.Purpose].IsCapped && limit.Scope.Purpose != attempt.Traits.Purpose)
        {
            return false;
        }

        (Instant, int)[] counted =
        [
            .. person.Ledger.Contacts
                .Where(contact => Exists(contact, now) && limit.Scope.Covers(contact.Traits))
                .Where(static contact => contact.Traits.Direction is Direction.Out)
                .Where(contact => policy.Purposes[contact.Traits.Purpose].IsCounted
                    || limit.Scope.Purpose == contact.Traits.Purpose)
                .Select(static contact => (contact.At, 1)),
        ];
        return ZonesOf(WindowZone.Person, attempt.Traits).Any(zone =>
            NaiveWindows.Fullest(limit.Window, CalendarOf(zone), counted, attempt.At, 1) > limit.Contacts);
    }

    private bool IsInconvenient(PersonQuiet quiet, Attempt attempt, Instant now)
    {
        Purpose purpose = policy.Purposes[attempt.Traits.Purpose];
        return (purpose.IsCapped || quiet.Scope.Purpose == purpose.Name)
            && purpose.ObeysHours
            && quiet.Scope.Covers(attempt.Traits)
            && new NaiveQuiet(
                    quiet,
                    hoursByRule[quiet.Text],
                    [.. ZonesOf(WindowZone.Person, attempt.Traits).Select(CalendarOf)])
                .Denies(person, attempt.Traits.Channel, attempt.At, contact => Exists(contact, now));
    }

    private bool Denies(Rule rule, Attempt attempt, Instant now)
    {
        Purpose purpose = policy.Purposes[attempt.Traits.Purpose];
        bool isGoverned = (purpose.IsCapped || Names(rule.When, purpose.Name))
            && rule.When.Matches(new Happening(attempt.Traits), person)
            && rule.Unless?.Matches(new Happening(attempt.Traits), person) != true
            && (rule.From is null || attempt.At >= rule.From)
            && (rule.Until is null || attempt.At < rule.Until)
            && rule.Effect is not Effect.Observe
            && !(rule.Effect is Effect.Warn && attempt.OverrideReason is not null)
            && !(rule.UnlessConsent is { } lifting
                && HasConsent(lifting, attempt));
        return isGoverned && rule switch
        {
            Cap cap => IsOver(cap, attempt, now),
            Gap gap => IsTooSoon(gap, attempt, now),
            Hours hours => purpose.ObeysHours && ZonesOf(hours.Zone, attempt.Traits)
                .Any(zone => hoursByRule[hours.Name].IsInside(attempt.At, zone) == hours.IsQuiet),
            Blackout blackout => attempt.At >= blackout.Interval.Start && attempt.At < blackout.Interval.End,
            ConsentNeeded needed => !HasConsent(needed.Consent, attempt),
            OnHold hold => person.Holds.Contains(hold.Hold),
            Cooldown cooldown => Groups(cooldown.After, attempt.Traits).Any(subject =>
                ZonesOf(cooldown.Zone, attempt.Traits).Any(zone => NaiveFacts.IsSilent(
                    cooldown, CalendarOf(zone), Happened(cooldown.After, attempt, subject, now), attempt.At))),
            Needs needs => !HasHappened(needs, attempt, now),
            Listed listed => attempt.Traits.Address is null
                || !attempt.Lists.Any(standing => standing.List == listed.List
                    && !standing.IsListed
                    && ZonesOf(listed.Zone, attempt.Traits).All(zone =>
                        NaiveFacts.IsFresh(listed.Freshness, CalendarOf(zone), standing.AsOf, attempt.At))),
            Balance balance => balance.Kind.Matches(new Happening(attempt.Traits), person)
                && NaiveFacts.IsUnbalanced(balance, RowOf(balance, attempt, now), attempt.At),
            _ => throw new UnreachableException(),
        };
    }

    private bool HasHappened(Needs needs, Attempt attempt, Instant now) =>
        ZonesOf(needs.Zone, attempt.Traits).All(zone =>
            Groups(needs.Happened, attempt.Traits).Any(subject => NaiveFacts.IsRecent(
                needs.Within, CalendarOf(zone), Happened(needs.Happened, attempt, subject, now), attempt.At)))
        || (needs.Or is { } or && HasHappened(or, attempt, now));

    /// <summary>When what a rule waits for happened: an outcome when it was told, a contact when it was made.</summary>
    private Instant[] Happened(Counting what, Attempt attempt, string? subject, Instant now) =>
    [
        .. person.Ledger.Contacts
            .Where(contact => Counts(what, contact, attempt.Traits, subject, now))
            .Select(contact => what.Matcher.Conditions.Any(static one => one is Condition.Outcome)
                ? contact.OutcomeAt
                : contact.At),
        .. person.Ledger.Events
            .Where(happened => what.Matcher.Conditions.Any(static one => one is Condition.Event)
                && what.Matcher.Conditions.All(one => one switch
                {
                    Condition.Event named => named.AnyOf.Any(glob => glob.Matches(happened.Name)),
                    Condition.Trait { Key: TraitKey.Channel } channel => IsOf(happened.Traits.Channel, channel.AnyOf),
                    _ => throw new UnreachableException(),
                })
                && what.Per.All(key => key switch
                {
                    GroupKey.Trait { Key: TraitKey.Channel } =>
                        happened.Traits.Channel.Length == 0 || happened.Traits.Channel == attempt.Traits.Channel,
                    GroupKey.Trait { Key: TraitKey.Brand } =>
                        happened.Traits.Brand is null || happened.Traits.Brand == attempt.Traits.Brand,
                    _ => throw new UnreachableException(),
                }))
            .Select(static happened => happened.At),
    ];

    /// <summary>A word without a channel is about every channel.</summary>
    private static bool IsOf(string channel, ImmutableArray<Glob> named) =>
        channel.Length == 0 || named.Any(glob => glob.Matches(channel));

    private (Instant At, bool OfKind)[] RowOf(Balance balance, Attempt attempt, Instant now) =>
    [
        .. person.Ledger.Contacts
            .Where(contact => Counts(balance.Row, contact, attempt.Traits, null, now))
            .Select(contact => (contact.At, balance.Kind.Matches(Happening.Of(contact), person))),
    ];

    private bool IsOver(Cap cap, Attempt attempt, Instant now)
    {
        Happening asked = new(attempt.Traits);
        CapLimit? limit = cap.Limits.FirstOrDefault(one => one.When?.Matches(asked, person) != false);
        if (limit?.Contacts is not { } written)
        {
            return false;
        }

        int kept = cap.Keep is { } keep && !keep.For.Matches(asked, person) ? keep.Slots : 0;
        int most = Math.Max(0, written - kept);

        Counting counting = cap.Density.Counting;
        return Groups(counting, attempt.Traits).Any(subject =>
        {
            (Instant, int)[] counted =
            [
                .. person.Ledger.Contacts
                    .Where(contact => Counts(counting, contact, attempt.Traits, subject, now))
                    .Select(contact => (contact.At, counting.IsWeighted ? contact.Weight : 1)),
            ];
            int weight = counting.IsWeighted ? attempt.Weight : 1;
            return ZonesOf(cap.Density.Zone, attempt.Traits).Any(zone =>
                NaiveWindows.Fullest(cap.Density.Window, CalendarOf(zone), counted, attempt.At, weight) > most);
        });
    }

    private bool IsTooSoon(Gap gap, Attempt attempt, Instant now)
    {
        Counting counting = gap.Density.Counting;
        return Groups(counting, attempt.Traits).Any(subject => person.Ledger.Contacts
            .Where(contact => Counts(counting, contact, attempt.Traits, subject, now))
            .Any(contact => ZonesOf(gap.Density.Zone, attempt.Traits).Any(zone =>
                NaiveWindows.AreTooClose(gap.Density.Window, CalendarOf(zone), contact.At, attempt.At))));
    }

    private bool Counts(Counting counting, LedgerContact contact, ContactTraits asked, string? subject, Instant now) =>
        Exists(contact, now)
        && (contact.Traits.Direction is Direction.Out || counting.Matcher.NamesDirection)
        && (policy.Purposes[contact.Traits.Purpose].IsCounted || Names(counting.Matcher, contact.Traits.Purpose))
        && counting.Outcomes.Counts(contact.Outcome)
        && counting.Matcher.Matches(Happening.Of(contact) with { Traits = AboutOf(counting, contact) }, person)
        && counting.Per.All(key => key switch
        {
            GroupKey.Label label =>
                contact.Traits.Labels.GetValueOrDefault(label.Name) == asked.Labels.GetValueOrDefault(label.Name),
            GroupKey.Trait { Key: TraitKey.Subject } => subject is null
                ? AboutOf(counting, contact).Subjects.IsEmpty
                : AboutOf(counting, contact).Subjects.Contains(subject),
            GroupKey.Trait { Key: TraitKey.Channel } => contact.Traits.Channel == asked.Channel,
            GroupKey.Trait { Key: TraitKey.Brand } => contact.Traits.Brand == asked.Brand,
            GroupKey.Trait { Key: TraitKey.Campaign } => contact.Traits.Campaign == asked.Campaign,
            GroupKey.Trait { Key: TraitKey.Topic } => contact.Traits.Topic == asked.Topic,
            GroupKey.Trait { Key: TraitKey.Sender } => contact.Traits.Sender == asked.Sender,
            GroupKey.Trait { Key: TraitKey.Address } => contact.Traits.Address == asked.Address,
            GroupKey.Trait { Key: TraitKey.Country } => contact.Traits.Country == asked.Country,
            GroupKey.Trait { Key: TraitKey.Purpose } => contact.Traits.Purpose == asked.Purpose,
            _ => throw new UnreachableException(),
        });

    /// <summary>Who asks for an outcome asks for what was talked about.</summary>
    private static ContactTraits AboutOf(Counting counting, LedgerContact contact) =>
        counting.Matcher.Conditions.Any(static one => one is Condition.Outcome) && contact.Discussed is { } discussed
            ? discussed
            : contact.Traits;

    private static ImmutableArray<string?> Groups(Counting counting, ContactTraits asked) =>
        counting.Per.Contains(new GroupKey.Trait(TraitKey.Subject)) && !asked.Subjects.IsEmpty
            ? [.. asked.Subjects]
            : [null];

    private bool Exists(LedgerContact contact, Instant now) => contact.State switch
    {
        ContactState.Made => true,
        ContactState.Released => false,
        _ => now < contact.Expires || !policy.ReleasesUnconfirmedOn.Contains(contact.Traits.Channel),
    };

    private static bool Names(Matcher matcher, string purpose) => matcher.Conditions.Any(condition =>
        condition is Condition.Trait { Key: TraitKey.Purpose } named && named.AnyOf.Any(glob => glob.Matches(purpose)));

    private IEnumerable<DateTimeZone> ZonesOf(WindowZone zone, ContactTraits traits) => zone switch
    {
        WindowZone.Fixed given => [given.Zone],
        _ when person.Zone is { } own => [own],
        _ when !person.Zones.IsEmpty => person.Zones,
        _ when (traits.Country ?? person.Country) is { } country => Located(country),
        _ when policy.Zone is { } byDefault => [byDefault],
        _ when policy.Country is { } country => Located(country),
        _ => Located(null),
    };

    private static IEnumerable<DateTimeZone> Located(string? country) => TzdbDateTimeZoneSource.Default.ZoneLocations!
        .Where(location => country is null || location.CountryCode == country)
        .Select(static location => DateTimeZoneProviders.Tzdb[location.ZoneId]);

    private NaiveCalendar CalendarOf(DateTimeZone zone) =>
        calendars.TryGetValue(zone, out NaiveCalendar? known)
            ? known
            : calendars[zone] = new NaiveCalendar(zone, policy.WeekStarts);
}
