using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Ledgers;

public sealed class LedgerTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly ContactTraits Traits = new("email", "marketing");

    [Fact]
    public void Contacts_are_ordered_by_time_and_at_one_time_by_number_however_they_come()
    {
        LedgerContact[] contacts = [Contact(3, 2), Contact(1, 1), Contact(4, 1), Contact(2, 3)];

        Ledger added = contacts.Aggregate(Ledger.Empty, static (ledger, one) => ledger.Add(one));

        Assert.Equal([1, 4, 3, 2], added.Contacts.Select(static one => one.Number.Value));
        Assert.Equal(added.Contacts, Ledger.Of(contacts).Contacts);
    }

    [Fact]
    public void Replaced_contact_moves_to_its_new_time()
    {
        Ledger ledger = Ledger.Of([Contact(1, 1), Contact(2, 2)]);

        Ledger replaced = ledger.Replace(Contact(1, 5));

        Assert.Equal([2, 1], replaced.Contacts.Select(static one => one.Number.Value));
        Assert.Equal(Start + Duration.FromHours(5), replaced.Find(new ContactNumber(1))?.At);
        Assert.Null(replaced.Find(new ContactNumber(3)));
        Assert.Throws<InvalidOperationException>(() => ledger.Replace(Contact(3, 1)));
    }

    [Fact]
    public void Old_contacts_are_left_out_unless_a_reservation_is_still_open()
    {
        LedgerContact open = Contact(2, 1) with
        {
            State = ContactState.Reserved,
            Expires = Start + Duration.FromHours(9),
        };
        Ledger ledger = Ledger.Of([Contact(1, 1), open, Contact(3, 5), Contact(4, 7)]);

        Ledger since = ledger.Since(Start + Duration.FromHours(5));

        Assert.Equal([2, 3, 4], since.Contacts.Select(static one => one.Number.Value));
    }

    [Fact]
    public void Old_contacts_are_kept_whose_outcome_came_later_and_what_is_just_as_old_as_is_looked_back()
    {
        Instant horizon = Start + Duration.FromHours(5);
        LedgerContact told = Contact(1, 1) with { Outcome = "refused", OutcomeAt = horizon };
        LedgerContact open = Contact(2, 2) with { State = ContactState.Reserved, Expires = horizon };
        Ledger ledger = Ledger.Of(
            [told, open, Contact(3, 3), Contact(4, 5)], [Event(4), Event(5), Event(6)]);

        Ledger since = ledger.Since(horizon);

        Assert.Equal([1, 2, 4], since.Contacts.Select(static one => one.Number.Value));
        Assert.Equal([5, 6], since.Events.Select(static one => (one.At - Start).Hours));
        Assert.Same(ledger, ledger.Since(Start));
    }

    [Fact]
    public void Old_events_are_left_out_where_no_contact_is_old_and_the_other_way_round()
    {
        Instant horizon = Start + Duration.FromHours(5);

        Ledger young = Ledger.Of([Contact(1, 5)], [Event(1), Event(5)]).Since(horizon);
        Ledger alone = Ledger.Of([], [Event(1), Event(5)]).Since(horizon);
        Ledger old = Ledger.Of([Contact(1, 1)], [Event(5)]).Since(horizon);

        Assert.Equal((1, 1), (young.Contacts.Length, young.Events.Length));
        Assert.Single(alone.Events);
        Assert.Equal((0, 1), (old.Contacts.Length, old.Events.Length));
    }

    [Fact]
    public void Events_are_ordered_by_time_and_beyond_their_number_the_oldest_is_forgotten()
    {
        Ledger ledger = new[] { Event(3), Event(1), Event(2), Event(1, "later") }.Aggregate(
            Ledger.Empty, static (had, one) => had.Add(one));
        Ledger full = Ledger.Of([], [.. Enumerable.Range(1, Ledger.EventsMax).Reverse().Select(static i => Event(i))]);

        Assert.Equal(
            [(1, "purchase"), (1, "later"), (2, "purchase"), (3, "purchase")],
            ledger.Events.Select(static one => ((one.At - Start).Hours, one.Name)));
        Assert.Equal(Start + Duration.FromHours(1), full.Events[0].At);
        Ledger more = full.Add(Event(Ledger.EventsMax + 1));
        Assert.Equal((Ledger.EventsMax, Start + Duration.FromHours(2)), (more.Events.Length, more.Events[0].At));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger.Of([], [.. full.Events, Event(0)]));
        Assert.Equal(Ledger.EventsMax, full.WithoutOldestEvent().Add(Event(0)).Events.Length);
    }

    [Fact]
    public void Oldest_is_left_out_where_there_is_one()
    {
        Ledger ledger = Ledger.Of([Contact(1, 1), Contact(2, 2)], [Event(1), Event(2)]);

        Assert.Equal((2, 2), (ledger.WithoutOldest().Contacts[0].Number.Value, ledger.WithoutOldest().Events.Length));
        Assert.Equal(Start + Duration.FromHours(2), Assert.Single(ledger.WithoutOldestEvent().Events).At);
        Assert.Throws<InvalidOperationException>(static () => Ledger.Empty.WithoutOldest());
        Assert.Throws<InvalidOperationException>(static () => Ledger.Empty.WithoutOldestEvent());
    }

    [Fact]
    public void Numbers_rise()
    {
        (ContactNumber one, ContactNumber two) = (new ContactNumber(1), new ContactNumber(2));
        (ContactNumber low, ContactNumber high) = (new ContactNumber(1), new ContactNumber(2));

        Assert.True(one < two && one <= two && two > one && two >= one && one <= low && two >= high);
        Assert.False(two < one || two <= one || one > two || one >= two || one < low || two > high);
        Assert.Equal([-1, 0, 1], new[] { one.CompareTo(two), one.CompareTo(low), two.CompareTo(one) });
    }

    [Fact]
    public void Two_contacts_cannot_have_one_number() =>
        Assert.Throws<ArgumentException>(static () => Ledger.Of([Contact(1, 1), Contact(1, 2)]));

    [Fact]
    public void Full_ledger_says_so_and_takes_no_more()
    {
        Ledger full = Ledger.Of(Enumerable.Range(1, Ledger.ContactsMax).Select(static i => Contact(i, i)));

        Assert.True(full.IsFull);
        Assert.Throws<InvalidOperationException>(() => full.Add(Contact(Ledger.ContactsMax + 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Ledger.Of([.. full.Contacts, Contact(Ledger.ContactsMax + 1, 1)]));
    }

    private static LedgerEvent Event(int hours, string name = "purchase") =>
        new(name, Start + Duration.FromHours(hours), Traits);

    private static LedgerContact Contact(int number, int hours)
    {
        Instant at = Start + Duration.FromHours(hours);
        return new LedgerContact(new ContactNumber(number), at, Traits, 1, ContactState.Made, at, null, at);
    }
}
