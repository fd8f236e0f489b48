using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using NodaTime;

namespace H2H.Throttle.Core.Tests.People;

/// <summary>How consents begin, end and stay known.</summary>
public sealed class PersonTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Scope Mail = new("email");
    private static readonly Scope MailOffers = new("email", Topic: "offers");
    private static readonly ContactTraits Nothing = new("", "", isOfEvent: true);

    [Fact]
    public void A_consent_given_again_for_at_least_as_much_takes_the_place_of_the_one_before()
    {
        Person once = Person.Unknown.Agreeing(Given("news", Mail, 0));

        Assert.Equal(
            [("news", Noon, Noon + Hours(5)), ("news", Noon + Hours(5), null)],
            Told(once.Agreeing(Given("news", Mail, 5))));
        Assert.Equal(LedgerEvent.ConsentGiven, once.Agreeing(Given("news", Mail, 5)).Consents[0].EndedBy);
        Assert.Equal(
            [("news", Noon, Noon + Hours(5)), ("news", Noon + Hours(5), null)],
            Told(once.Agreeing(Given("news", Scope.Everything, 5))));
    }

    [Fact]
    public void A_consent_of_another_name_for_less_or_from_before_leaves_the_one_before_in_force()
    {
        Person once = Person.Unknown.Agreeing(Given("news", Mail, 0));

        Assert.Equal([("news", Noon, null), ("calls", Noon, null)], Told(once.Agreeing(Given("calls", Mail, 0))));
        Assert.Equal(
            [("news", Noon, null), ("news", Noon + Hours(5), null)],
            Told(once.Agreeing(Given("news", MailOffers, 5))));
        Assert.Equal(
            [("news", Noon, null), ("news", Noon - Hours(5), null)],
            Told(once.Agreeing(Given("news", Mail, -5))));
    }

    [Fact]
    public void A_consent_given_twice_at_one_instant_is_there_once() =>
        Assert.Equal(
            [("news", Noon, null)],
            Told(Person.Unknown.Agreeing(Given("news", Mail, 0)).Agreeing(Given("news", Mail, 0))));

    [Fact]
    public void What_is_taken_back_ends_and_what_was_given_for_more_stays_for_the_rest()
    {
        Person once = Person.Unknown.Agreeing(Given("news", Mail, 0)).Agreeing(Given("calls", Mail, 0));

        Person none = once.TakingBack("news", Scope.Everything, Noon + Hours(3));
        Person less = once.TakingBack("news", MailOffers, Noon + Hours(3));

        Assert.Equal([("news", Noon, Noon + Hours(3)), ("calls", Noon, null)], Told(none));
        Assert.Equal(LedgerEvent.ConsentRevoked, none.Consents[0].EndedBy);
        Assert.Equal(
            [("news", Noon, Noon + Hours(3)), ("news", Noon + Hours(3), null), ("calls", Noon, null)], Told(less));
        Assert.Equal([MailOffers], less.Consents[1].Except);
        Assert.Equal(Told(once), Told(once.TakingBack("news", new Scope("sms"), Noon + Hours(3))));
        Assert.Equal(Told(once), Told(once.TakingBack("letters", Mail, Noon + Hours(3))));
    }

    [Fact]
    public void What_ended_before_stays_as_it_was()
    {
        Person ended = Person.Unknown.Agreeing(Given("news", Mail, 0) with { Until = Noon + Hours(3) });

        Assert.Equal(
            [("news", Noon, Noon + Hours(3))], Told(ended.TakingBack("news", Mail, Noon + Hours(3))));
        Assert.Equal(
            [("news", Noon, Noon + Hours(3)), ("news", Noon + Hours(4), null)],
            Told(ended.Agreeing(Given("news", Mail, 4))));
    }

    [Fact]
    public void Of_too_many_the_one_that_ended_first_is_forgotten_and_never_one_in_force()
    {
        Person many = Enumerable.Range(0, GivenConsent.ConsentsMax).Aggregate(
            Person.Unknown,
            static (person, i) => person.Agreeing(
                Given($"c{i}", Mail, -9) with { Until = i is 3 or 5 ? Noon - Hours(i) : null }));

        Person more = many.Agreeing(Given("more", Mail, 0));

        Assert.Equal(GivenConsent.ConsentsMax, many.Consents.Length);
        Assert.Equal(GivenConsent.ConsentsMax, more.Consents.Length);
        Assert.DoesNotContain(more.Consents, static one => one.Name == "c5");
        Assert.Contains(more.Consents, static one => one.Name == "c3");
        Person full = more.Agreeing(Given("again", Mail, 0));
        Assert.DoesNotContain(full.Consents, static one => one.Name == "c3");
        Assert.Throws<InvalidOperationException>(() => full.Agreeing(Given("too many", Mail, 0)));
    }

    [Fact]
    public void What_ended_at_the_very_instant_may_be_forgotten_for_the_next()
    {
        Person full = Enumerable.Range(0, GivenConsent.ConsentsMax).Aggregate(
            Person.Unknown,
            static (person, i) => person.Agreeing(Given($"c{i}", Mail, -9) with { Until = i is 7 ? Noon : null }));

        Assert.DoesNotContain(full.Agreeing(Given("more", Mail, 0)).Consents, static one => one.Name == "c7");
        Assert.Throws<InvalidOperationException>(() => full.Agreeing(Given("more", Mail, -1)));
    }

    [Fact]
    public void A_consent_that_ended_by_what_is_forgotten_stays_ended()
    {
        GivenConsent until = Given("until", Mail, 0) with { EndsOn = ["moved"] };
        Person moved = (Person.Unknown with { Consents = [until, Given("always", Mail, 0)] })
            .Experiencing(new LedgerEvent("moved", Noon + Hours(2), Nothing))
            .Experiencing(new LedgerEvent("moved", Noon + Hours(3), Nothing));

        Person forgot = moved.Forgetting(moved.Ledger.WithoutOldestEvent());
        Person neither = moved.Forgetting(moved.Ledger);

        Assert.Equal([("until", Noon, Noon + Hours(2)), ("always", Noon, null)], Told(forgot));
        Assert.Equal("moved", forgot.Consents[0].EndedBy);
        Assert.Single(forgot.Ledger.Events);
        Assert.Equal([("until", Noon, null), ("always", Noon, null)], Told(neither));
        Assert.Equal(Told(Person.Unknown.Agreeing(Given("always", Mail, 0))), Told(
            (moved with { Consents = [Given("always", Mail, 0)] }).Forgetting(Ledger.Empty)));
    }

    [Fact]
    public void Of_too_many_events_the_oldest_is_forgotten_but_not_what_it_ended()
    {
        GivenConsent until = Given("until", Mail, -9) with { EndsOn = ["moved"] };
        LedgerEvent[] events =
        [
            new("moved", Noon, Nothing),
            .. Enumerable.Range(1, Ledger.EventsMax - 2).Select(static i =>
                new LedgerEvent("purchase", Noon + Hours(i), Nothing)),
        ];
        Person almost = Person.Unknown with { Consents = [until], Ledger = Ledger.Of([], events) };

        Person full = almost.Experiencing(new LedgerEvent("purchase", Noon + Hours(5000), Nothing));
        Person more = full.Experiencing(new LedgerEvent("purchase", Noon + Hours(5001), Nothing));

        Assert.Equal((Ledger.EventsMax, "moved"), (full.Ledger.Events.Length, full.Ledger.Events[0].Name));
        Assert.Equal([("until", Noon - Hours(9), null)], Told(full));
        Assert.Equal((Ledger.EventsMax, "purchase"), (more.Ledger.Events.Length, more.Ledger.Events[0].Name));
        Assert.Equal([("until", Noon - Hours(9), Noon)], Told(more));
    }

    private static IEnumerable<(string Name, Instant From, Instant? Until)> Told(Person person) =>
        person.Consents.Select(static one => (one.Name, one.From, one.Until));

    private static GivenConsent Given(string name, Scope scope, int hours) =>
        new(name, scope, Noon + Hours(hours), null, [], null);

    private static Duration Hours(int count) => Duration.FromHours(count);
}
