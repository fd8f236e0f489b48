using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Telemetry;

public sealed class ContactTallyTests
{
    private static readonly Instant Ten = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    [Theory]
    [InlineData(ContactState.Reserved, ContactState.Made, false, "event=confirmed: 1")]
    [InlineData(ContactState.Reserved, ContactState.Made, true, "event=confirmed_late: 1", "event=expired: 1")]
    [InlineData(ContactState.Reserved, ContactState.Reserved, true, "event=expired: 1")]
    [InlineData(ContactState.Reserved, ContactState.Released, false, "event=released: 1")]
    [InlineData(ContactState.Reserved, ContactState.Revoked, false, "event=revoked: 1")]
    [InlineData(ContactState.Revoked, ContactState.Made, false, "event=confirmed_revoked: 1")]
    [InlineData(ContactState.Revoked, ContactState.Released, false, "event=released: 1")]
    [InlineData(ContactState.Made, ContactState.Made, true)]
    [InlineData(ContactState.Released, ContactState.Released, true)]
    public void What_becomes_of_a_contact_is_counted(
        ContactState before, ContactState after, bool isLate, params string[] expected)
    {
        Ledger ledger = Ledger.Of([Contact(1, before), Contact(2, ContactState.Made)]);
        Ledger next = Ledger.Of([Contact(1, after), Contact(2, ContactState.Made)]);

        Assert.Equal(expected, Told(ledger, 2, Ten, next, isLate ? Noon : Ten));
    }

    [Fact]
    public void New_contacts_are_reserved_or_recorded_and_those_that_were_moved_here_are_neither()
    {
        Ledger next = Ledger.Of(
            [Contact(3, ContactState.Made), Contact(8, ContactState.Reserved), Contact(9, ContactState.Made)]);

        Assert.Equal(["event=recorded: 1", "event=reserved: 1"], Told(Ledger.Empty, 7, Ten, next, Ten));
    }

    [Fact]
    public void What_was_forgotten_and_what_moved_in_time_confuses_nobody()
    {
        Ledger ledger = Ledger.Of(Enumerable.Range(1, 9).Select(static n => Contact(n, ContactState.Reserved)));
        Ledger next = Ledger.Of(
        [
            .. Enumerable.Range(3, 5).Select(static n => Contact(n, ContactState.Reserved)),
            Contact(8, ContactState.Made) with { At = Ten - Duration.FromHours(1) },
            Contact(9, ContactState.Released),
        ]);

        Assert.Equal(["event=confirmed: 1", "event=released: 1"], Told(ledger, 9, Ten, next, Ten));
    }

    [Fact]
    public void A_reservation_expires_once()
    {
        Ledger ledger = Ledger.Of([Contact(1, ContactState.Reserved)]);

        Assert.Equal(["event=expired: 1"], Told(ledger, 1, Ten, ledger, Noon));
        Assert.Empty(Told(ledger, 1, Noon, ledger, Noon + Duration.FromHours(1)));
    }

    private static IReadOnlyList<string> Told(Ledger before, long last, Instant lastSeen, Ledger after, Instant now)
    {
        using ThrottleMeter meter = new("trial", TimeProvider.System);
        using Heard heard = new(meter);
        meter.Changes.Saved(1, 1, ContactTally.Of(before, new ContactNumber(last), lastSeen, after, now), []);
        return heard.Of("h2h.throttle.contacts");
    }

    /// <summary>For ten o'clock and open for a quarter of an hour, unless it is made.</summary>
    private static LedgerContact Contact(long number, ContactState state) => new(
        new ContactNumber(number),
        Ten + Duration.FromSeconds(number),
        new ContactTraits("email", "marketing"),
        1,
        state,
        Ten + Duration.FromMinutes(15),
        null,
        Ten);
}
