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

    private static LedgerContact Contact(int number, int hours)
    {
        Instant at = Start + Duration.FromHours(hours);
        return new LedgerContact(new ContactNumber(number), at, Traits, 1, ContactState.Made, at, null, at);
    }
}
