using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Simulations;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Simulations;

/// <summary>A policy that made a ledger finds nothing in it to refuse.</summary>
public sealed class OwnLedgerTests
{
    private const string Busy = """
        policy: busy
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes:
          marketing: {}
          service: { capped: false, counted: false }
          care: { capped: false, counted: true }
        rules:
          - { name: day, when: { channel: email }, cap: 3, in: calendar day }
          - { name: rolling, cap: 5, in: rolling 30h }
          - { name: brand, cap: 2, in: last 3 days, per: [brand] }
          - { name: pause, gap: rolling 90m }
          - { name: refused, cooldown: 2 days, after: { outcome: refused } }
          - { name: talked, cap: 1, in: rolling 40h, counts: connected, when: { channel: phone } }
          - { name: bought, cooldown: rolling 5h, after: { event: purchase } }
          - { name: nights, quiet: { daily: "22:00-07:00" } }
          - { name: home, cap: 6, in: rolling 30h, pool: household }
        """;

    private static readonly string[] Outcomes = ["delivered", "refused", "no_answer", "conversation"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nothing_that_a_policy_admitted_is_refused_when_it_is_put_to_it_again(int seed)
    {
        await using TrialEngine trial = await StartAsync(Busy);
        Random dice = new(seed);
        foreach (string person in (string[])["p0", "p1", "p2"])
        {
            await trial.Engine.Pools.JoinAsync(null, person, "household", "elm street", null, Cancellation);
        }

        List<(string Id, Instant At)> open = [];
        int admitted = 0;
        int denied = 0;
        for (int step = 0; step < 400; step++)
        {
            trial.Clock.Advance(Duration.FromMinutes(dice.Next(0, 90)));
            string person = $"p{dice.Next(6)}";
            switch (dice.Next(10))
            {
                case 0 when open.Exists(one => one.At <= trial.Clock.Now):
                    await trial.Engine.Reservations.ConfirmAsync(
                        null,
                        Taken(open, trial.Clock.Now),
                        null,
                        new OutcomeDraft(Outcomes[dice.Next(Outcomes.Length)]),
                        null,
                        Cancellation);
                    break;
                case 1:
                    await trial.Engine.People.RecordEventAsync(
                        null, person, new EventDraft("purchase"), null, Cancellation);
                    break;
                case 2 when dice.Next(6) == 0:
                    await trial.Consent.OptOutAsync(null, person, new(Channel: "sms"), null, null, Cancellation);
                    break;
                default:
                    ReserveResult answer = await trial.ReserveAsync(Contact(trial, dice, person));
                    admitted += answer.Verdict.Decision is Decision.Allowed ? 1 : 0;
                    denied += answer.Verdict.Decision is Decision.Denied ? 1 : 0;
                    if (answer.Reservation is { } reservation)
                    {
                        open.Add((reservation.Id.ToString(), reservation.Contact.At));
                    }

                    break;
            }
        }

        SimulationReport report = await Pasts.SimulateAsync(trial, Busy);

        Assert.True(admitted > 30 && denied > 30, $"{admitted} were admitted and {denied} denied.");
        Assert.Equal((admitted, 0), (report.Contacts, report.Refused));
    }

    private static string Taken(List<(string Id, Instant At)> open, Instant now)
    {
        int place = open.FindIndex(one => one.At <= now);
        string id = open[place].Id;
        open.RemoveAt(place);
        return id;
    }

    private static ContactDraft Contact(TrialEngine trial, Random dice, string person) => Draft(
        ((string[])["email", "sms", "phone"])[dice.Next(3)],
        ((string[])["marketing", "marketing", "care", "service"])[dice.Next(4)],
        person) with
    {
        Brand = ((string?[])[null, "north", "south"])[dice.Next(3)],
        PlannedAt = dice.Next(6) == 0 ? trial.Clock.Now + Duration.FromHours(dice.Next(1, 20)) : null,
    };
}
