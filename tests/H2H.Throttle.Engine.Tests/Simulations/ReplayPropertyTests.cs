using System.Collections.Immutable;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Simulations;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Simulations;

/// <summary>The replay against a slow one that builds every past anew and asks for the whole decision.</summary>
public sealed class ReplayPropertyTests
{
    private static readonly ImmutableArray<string> Documents =
    [
        "{ name: a, cap: 2, in: rolling 9h }, { name: b, gap: rolling 50m }",
        "{ name: a, cap: 3, in: calendar day, per: [brand] }, "
            + "{ name: b, cooldown: 7 days, after: { outcome: refused } }",
        "{ name: a, cap: 1, in: rolling 5h, counts: delivered }, { name: b, balance: { at_most: 3, of_last: 4 }, "
            + "counting: { channel: sms } }",
        "{ name: a, needs: { event: purchase, within: rolling 20h } }, { name: b, cap: 4, in: lifetime }",
        "{ name: a, cap: 5, in: last 2 days, weighted: true }, { name: b, when: { channel: sms }, cap: blocked, "
            + "in: lifetime }",
    ];

    [Fact]
    public void What_is_refused_is_what_the_whole_decision_refuses_over_the_past_built_anew()
    {
        int refused = 0;
        int allowed = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            Random dice = new(seed);
            Policy policy = Pasts.Policy(
                "{ policy: p, zone: Europe/Rome, channels: [email, sms], purposes: { marketing: {} }, "
                + "unconfirmed: { default: count, sms: release }, "
                + $"rules: [ {Documents[seed % Documents.Length]} ] }}");
            Person person = Person.Unknown with { Ledger = LedgerOf(dice) };

            List<JudgedContact> judged = Replay.Of(policy, [new Past(person)]);

            ImmutableArray<bool> expected = Naively(policy, person);
            Assert.Equal(expected, judged.Select(static one => one.IsRefused));
            refused += expected.Count(static one => one);
            allowed += expected.Count(static one => !one);
        }

        Assert.True(refused > 1000 && allowed > 1000, $"{refused} refused, {allowed} allowed: too alike to tell.");
    }

    private static ImmutableArray<bool> Naively(Policy policy, Person person)
    {
        List<LedgerContact> admitted = [];
        List<bool> refused = [];
        foreach (LedgerContact contact in person.Ledger.Contacts
            .Where(static one => one.State is not ContactState.Released)
            .OrderBy(static one => one.Number))
        {
            Instant asked = Instant.FromUnixTimeTicks(contact.Number.Value);
            Person then = person with
            {
                Ledger = Ledger.Of(
                    admitted.Select(one => one.OutcomeAt <= asked
                        ? one
                        : one with { Outcome = null, OutcomeAt = one.At }),
                    person.Ledger.Events.Where(happened => happened.At <= asked)),
            };
            bool isRefused = contact.Traits.Direction is Direction.Out && Decider.Decide(
                policy, then, new Attempt(contact.Traits, contact.At, contact.Weight), asked) is Decision.Denied;
            if (contact.Traits.Direction is Direction.Out)
            {
                refused.Add(isRefused);
            }

            if (!isRefused)
            {
                admitted.Add(contact);
            }
        }

        return [.. refused];
    }

    private static Ledger LedgerOf(Random dice)
    {
        Instant start = Instant.FromUtc(2026, 3, 28, 9, 0);   // the clocks change on the second day
        return Ledger.Of(
            Enumerable.Range(0, dice.Next(1, 14)).Select(i => Contact(dice, start, i)),
            Enumerable.Range(0, dice.Next(0, 4)).Select(_ => new LedgerEvent(
                "purchase", Moment(dice, start), new ContactTraits("", "", isOfEvent: true))));
    }

    private static LedgerContact Contact(Random dice, Instant start, int place)
    {
        Instant asked = Moment(dice, start) + Duration.FromTicks(place);
        Instant at = dice.Next(4) switch
        {
            0 => asked + Duration.FromMinutes(dice.Next(1, 900)),
            1 => asked - Duration.FromMinutes(dice.Next(1, 900)),
            _ => asked,
        };
        ContactState state = ((ContactState[])
            [ContactState.Made, ContactState.Made, ContactState.Reserved, ContactState.Revoked, ContactState.Released])
            [dice.Next(5)];
        string? outcome = ((string?[])[null, null, "delivered", "bounced", "refused"])[dice.Next(5)];
        return new LedgerContact(
            new ContactNumber(asked.ToUnixTimeTicks()),
            at,
            new ContactTraits(dice.Next(2) == 0 ? "email" : "sms", "marketing")
            {
                Brand = dice.Next(2) == 0 ? "north" : null,
                Direction = dice.Next(8) == 0 ? Direction.In : Direction.Out,
            },
            dice.Next(1, 3),
            state,
            state is ContactState.Made ? at : at + Duration.FromMinutes(dice.Next(1, 600)),
            outcome,
            outcome is null ? at : at + Duration.FromMinutes(dice.Next(0, 300)));
    }

    private static Instant Moment(Random dice, Instant start) =>
        start + Duration.FromMinutes(dice.Next(0, 4 * 24 * 60));
}
