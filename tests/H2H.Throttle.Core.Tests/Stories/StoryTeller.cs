using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Oracles;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Stories;

/// <summary>
/// Makes up stories that crowd around a change of the clock. A number makes the same story each time.
/// </summary>
internal sealed class StoryTeller
{
    public static readonly ImmutableArray<string> Channels = ["email", "sms"];
    public static readonly ImmutableArray<string> Purposes = ["marketing", "care", "service"];

    /// <summary>Names of which a contact has one or none.</summary>
    public static readonly ImmutableArray<TraitKey> Grouping =
        [TraitKey.Campaign, TraitKey.Topic, TraitKey.Sender, TraitKey.Address, TraitKey.Country, TraitKey.Purpose];

    private readonly Random dice;
    private readonly DateTimeZone zone;
    private readonly Instant center;
    private readonly Duration step;

    public StoryTeller(int number)
    {
        dice = new Random(number);
        zone = Zones.Of(Pick(Zones.Odd));
        ImmutableArray<Instant> changes = Zones.ChangesOf(zone);
        center = changes.IsEmpty ? Instant.FromUtc(2026, 3, 2, 9, 0) : changes[dice.Next(changes.Length)];
        step = Pick<Duration>(
        [
            Duration.FromMinutes(15), Duration.FromHours(1), Duration.FromHours(6), Duration.FromDays(1),
            Duration.FromDays(9),
        ]);
    }

    public Story Tell() => Tell(static (rules, name, hours) => rules.Make(name, hours));

    /// <summary>One in which only what was said and what happened matters.</summary>
    public Story TellOfFacts() => Tell(static (rules, name, _) => rules.MakeFact(name));

    private Story Tell(Func<RuleMaker, string, IDictionary<string, NaiveHours>, Rule> make)
    {
        Instant now = Moment();
        RuleMaker rules = new(dice, zone, Moment);
        ImmutableDictionary<string, NaiveHours>.Builder hours = ImmutableDictionary.CreateBuilder<string, NaiveHours>();
        Policy policy = new()
        {
            Name = "told",
            Channels = Channels,
            Purposes = Purposes.ToImmutableDictionary(static name => name, static name => new Purpose(
                name, IsCapped: name is "marketing", IsCounted: name is not "service", ObeysHours: name is not "care")),
            WeekStarts = (IsoDayOfWeek)dice.Next(1, 8),
            Zone = Chance(2) ? zone : null,
            Country = "IT",
            ReleasesUnconfirmedOn = Chance(2) ? ["sms"] : [],
            Rules = [.. Enumerable.Range(0, dice.Next(1, 4)).Select(i => make(rules, $"r{i}", hours))],
        };
        Person person = new()
        {
            Zone = Chance(5) ? null : zone,
            Country = Pick<string?>([null, "IT", "PT", "CL"]),
            Attributes = Person.Unknown.Attributes.Add("tier", Pick(["gold", "iron"])),
            Snoozes = Chance(12) ? [new Snooze(new Scope(Channel: Pick(Channels)), Moment())] : [],
            Limits = Chance(5) ? [new PersonLimit(new Scope(), dice.Next(0, 4), rules.Window())] : [],
            Consents = Chance(3) ? [Given()] : [],
            Holds = Chance(3) ? ["complaint"] : [],
            Ledger = Ledger.Of(
                Enumerable.Range(1, dice.Next(0, 9)).Select(number => Contact(number)),
                Enumerable.Range(0, dice.Next(0, 3)).Select(_ => Chance(2) ? Purchase(now) : Word(now))),
        };
        Instant at = Chance(3) ? Instant.Max(now, Moment()) : now;
        Attempt attempt = new(Traits(), at, Weight(), Chance(4) ? "asked for" : null)
        {
            Lists = Chance(6) ? [] : [new ListStanding("robinson", Moment(), IsListed: Chance(5))],
        };
        Person told = Chance(4) ? Bothered(person, rules.Quiet("named", hours), now) : person;
        return new Story(policy, told, attempt, now, hours.ToImmutable());
    }

    /// <summary>With times that the person named, and perhaps a message from them.</summary>
    /// <remarks>What comes in has come in already: nobody plans that.</remarks>
    private Person Bothered(Person person, PersonQuiet quiet, Instant now) => person with
    {
        QuietTimes = [quiet],
        Ledger = Ledger.Of(
            person.Ledger.Contacts.Where(contact => contact.Traits.Direction is Direction.Out || contact.At <= now),
            Chance(2)
                ? [.. person.Ledger.Events, new LedgerEvent(
                    LedgerEvent.InboundMessage,
                    Instant.Min(now, Moment()),
                    new ContactTraits(Pick(Channels), "", isOfEvent: true))]
                : person.Ledger.Events),
    };

    private LedgerEvent Purchase(Instant now) =>
        new("purchase", Instant.Min(now, Moment()), new ContactTraits("", "", isOfEvent: true));

    private LedgerEvent Word(Instant now)
    {
        Scope scope = new(Chance(2) ? Pick(Channels) : null, null, null, Chance(3) ? "north" : null);
        return new LedgerEvent(
            Pick([LedgerEvent.OptOut, LedgerEvent.OptIn]), Instant.Min(now, Moment()), scope.ToEventTraits());
    }

    private GivenConsent Given()
    {
        Instant from = Moment();
        Instant? until = Chance(2) ? from + (step * dice.Next(1, 9)) : null;
        ImmutableArray<string> endsOn = Chance(4) ? ["purchase"] : [];
        return new GivenConsent("news", new Scope(Channel: Chance(2) ? "email" : null), from, until, endsOn, null);
    }

    private LedgerContact Contact(int number)
    {
        Instant at = Moment();
        ContactState state = Chance(3) ? ContactState.Made : Pick([.. Enum.GetValues<ContactState>()]);
        Instant expires = state is ContactState.Reserved or ContactState.Revoked ? Instant.Max(at, Moment()) : at;
        string? outcome = Pick<string?>([null, "delivered", "busy"]);
        Instant told = outcome is not null && Chance(3) ? Instant.Max(at, Moment()) : at;
        ContactTraits traits = Traits();
        return new LedgerContact(new ContactNumber(number), at, traits, Weight(), state, expires, outcome, told)
        {
            Discussed = outcome is not null && Chance(3) ? traits.About(Traits().Subjects) : null,
        };
    }

    private ContactTraits Traits() => new(Pick(Channels), Chance(4) ? Pick(Purposes) : "marketing")
    {
        Brand = Chance(2) ? Pick(["north", "south"]) : null,
        Direction = Chance(8) ? Direction.In : Direction.Out,
        Subjects = [.. Enumerable.Range(0, dice.Next(0, 3)).Select(_ => Pick(["car", "house", "boat"]))],
        Campaign = Chance(3) ? Pick(["c1", "c2"]) : null,
        Topic = Chance(4) ? "t1" : null,
        Sender = Chance(4) ? "s1" : null,
        Address = Chance(4) ? null : "a1",
        Country = Chance(6) ? Pick(["IT", "PT"]) : null,
        Priority = Chance(3) ? 80 : 0,
        Labels = Chance(3)
            ? ImmutableSortedDictionary<string, string>.Empty.Add("shop", Pick(["A", "B"]))
            : ImmutableSortedDictionary<string, string>.Empty,
    };

    /// <summary>Near the change of the clock, on a grid that others are on too, or a tick beside.</summary>
    private Instant Moment() =>
        center + (step * dice.Next(-12, 13)) + Duration.FromTicks(dice.Next(6) is 0 ? dice.Next(-1, 2) : 0);

    private int Weight() => dice.Next(1, 4);

    private bool Chance(int oneIn) => dice.Next(oneIn) == 0;

    private T Pick<T>(ImmutableArray<T> items) => items[dice.Next(items.Length)];
}
