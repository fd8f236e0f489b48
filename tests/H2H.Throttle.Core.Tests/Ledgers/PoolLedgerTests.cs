using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Ledgers;

public sealed class PoolLedgerTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly ContactTraits Traits = new("email", "marketing");

    [Fact]
    public void Contacts_of_others_are_in_order_without_those_that_were_released()
    {
        LedgerContact released = Contact(5, 2) with { State = ContactState.Released };

        PoolLedger pool = PoolLedger.Of([Contact(3, 2), released, Contact(1, 3), Contact(2, 2)]);

        Assert.Equal([2, 3, 1], pool.Contacts.Select(static one => one.Number.Value));
        Assert.Equal([2, 3], pool.Between(Start, Start + Duration.FromHours(3)).ToArray()
            .Select(static one => one.Number.Value));
        Assert.False(pool.IsFull);
    }

    [Fact]
    public void Of_too_many_the_latest_are_looked_at_and_that_is_said()
    {
        LedgerContact[] many =
            [.. Enumerable.Range(0, PoolLedger.ContactsMax + 1).Select(static i => Contact(i, i))];

        PoolLedger full = PoolLedger.Of(many);

        Assert.True(full.IsFull);
        Assert.Equal((PoolLedger.ContactsMax, 1), (full.Contacts.Length, full.Contacts[0].Number.Value));
        Assert.False(PoolLedger.Of(many.Skip(2)).IsFull);
    }

    private static LedgerContact Contact(int number, int hours)
    {
        Instant at = Start + Duration.FromHours(hours);
        return new LedgerContact(new ContactNumber(number), at, Traits, 1, ContactState.Made, at, null, at);
    }
}
