using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Consent;

public sealed class GivenConsentTests
{
    private static readonly Instant Given = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly GivenConsent Agreed =
        new("news", new Scope(Channel: "phone"), Given, null, ["conversation", "purchase"], null);

    [Fact]
    public void Part_that_was_taken_back_is_not_covered_and_what_is_left_begins_anew()
    {
        Scope taken = new(Brand: "south");

        GivenConsent left = Agreed.Without(taken, Given + Hour);

        Assert.Equal(Given + Hour, left.From);
        Assert.False(left.Covers(Call("south")));
        Assert.True(left.Covers(Call("north")));
        Assert.False(left.Covers(new ContactTraits("email", "marketing") { Brand = "north" }));
        Assert.Equal(Given, Agreed.Without(taken, Given - Hour).From);
    }

    [Fact]
    public void Parts_are_taken_back_up_to_a_number_and_what_holds_others_takes_their_place()
    {
        GivenConsent parted = Enumerable.Range(0, GivenConsent.ExceptMax)
            .Aggregate(Agreed, static (left, i) => left.Without(new Scope(Topic: $"topic {i}"), Given));

        Assert.Equal(GivenConsent.ExceptMax, parted.Except.Length);
        Assert.Throws<InvalidOperationException>(() => parted.Without(new Scope(Brand: "south"), Given));
        Assert.Equal([Scope.Everything], parted.Without(Scope.Everything, Given).Except);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 1)]
    public void Outcome_ends_it_if_it_came_after_the_start(int afterTicks, int? endsAfterTicks)
    {
        Ledger ledger = Ledger.Of([Talked(Given + Duration.FromTicks(afterTicks), "phone")]);

        Assert.Equal(Given + (endsAfterTicks is { } ticks ? Duration.FromTicks(ticks) : null), Agreed.EndIn(ledger));
    }

    [Fact]
    public void First_of_what_ends_it_does_and_only_within_its_scope()
    {
        Ledger ledger = Ledger.Of(
            [
                Talked(Given + (9 * Hour), "phone"), Talked(Given + (5 * Hour), "phone", 2),
                Talked(Given + (2 * Hour), "email", 3),
            ],
            [Bought(Given + (4 * Hour), ""), Bought(Given + (3 * Hour), "email"), Bought(Given + (6 * Hour), "phone")]);

        Assert.Equal(new ConsentEnd(Given + (4 * Hour), "purchase"), Agreed.EndingIn(ledger));
        Assert.Equal(
            new ConsentEnd(Given + (5 * Hour), "conversation"),
            (Agreed with { EndsOn = ["conversation"] }).EndingIn(ledger));
        Assert.Null((Agreed with { EndsOn = [] }).EndIn(ledger));
        Assert.Equal(Given + (4 * Hour), (Agreed with { EndsOn = [] }).EndingIn(ledger, ["purchase"])?.At);
    }

    [Theory]
    [InlineData(3, 3, null)]
    [InlineData(4, 4, null)]
    [InlineData(5, 4, "purchase")]
    public void It_ends_when_it_was_given_to_end_unless_something_ended_it_before(int until, int ends, string? by)
    {
        Ledger ledger = Ledger.Of([], [Bought(Given + (4 * Hour), "phone")]);

        ConsentEnd? end = (Agreed with { Until = Given + (until * Hour) }).EndingIn(ledger);

        Assert.Equal(new ConsentEnd(Given + (ends * Hour), by), end);
    }

    [Fact]
    public void Consent_that_was_ended_knows_when_and_by_what()
    {
        GivenConsent ended = Agreed.Ended(new ConsentEnd(Given + Hour, "purchase"));

        Assert.Equal(new ConsentEnd(Given + Hour, "purchase"), ended.EndingIn(Ledger.Empty));
    }

    private static ContactTraits Call(string brand) => new("phone", "marketing") { Brand = brand };

    private static LedgerContact Talked(Instant told, string channel, int number = 1) => new(
        new ContactNumber(number), Given - Hour, new ContactTraits(channel, "marketing"), 1, ContactState.Made,
        Given - Hour, "conversation", told);

    private static LedgerEvent Bought(Instant at, string channel) =>
        new("purchase", at, new ContactTraits(channel, "", isOfEvent: true));
}
