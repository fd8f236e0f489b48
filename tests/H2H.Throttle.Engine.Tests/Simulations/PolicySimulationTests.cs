using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Simulations;
using NodaTime;
using static H2H.Throttle.Engine.Tests.Simulations.Pasts;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Simulations;

public sealed class PolicySimulationTests
{
    private const string Head = """
        policy: candidate
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false }, confirmation: {} }
        rules:

        """;

    private const string Once = Head + "  - { name: once, cap: 1, in: rolling 24h }";

    [Fact]
    public async Task A_stricter_policy_refuses_what_is_over_it_and_tells_by_what_and_of_whom()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email", "sms", "email");
        await ReserveAsync(trial, "bob", "email");

        SimulationReport report = await SimulateAsync(trial, Once);

        Assert.Equal((2, 2, 1), (report.People, report.PeopleContacted, report.PeopleAffected));
        Assert.Equal((4, 2, 2, 0), (report.Contacts, report.Refused, report.NewlyRefused, report.NewlyAllowed));
        Assert.Equal([new SimulatedRule("once", Core.Rules.Effect.Deny, 2, 2, 1)], report.Rules);
        Assert.Equal(
            [new SimulatedGroup("email", 3, 1, 1, 0), new SimulatedGroup("sms", 1, 1, 1, 0)], report.Channels);
        Assert.Equal([new SimulatedGroup("2026-03-02", 4, 2, 2, 0)], report.Weeks);
        Assert.Equal(
            [
                new SimulatedBar(0, 0, 0, 0), new SimulatedBar(1, 1, 1, 2), new SimulatedBar(2, 2, 0, 0),
                new SimulatedBar(3, 3, 1, 0),
            ],
            report.PerPerson);
    }

    [Fact]
    public async Task Only_what_the_candidate_admits_counts_for_later_contacts()
    {
        await using TrialEngine trial = await StartAsync();
        for (int hour = 0; hour < 3; hour++)
        {
            await ReserveAsync(trial, "ada", "email");
            trial.Clock.Advance(Duration.FromHours(10));
        }

        SimulationReport report = await SimulateAsync(trial, Head + "  - { name: gap, gap: rolling 15h }");

        Assert.Equal(1, report.Refused);   // the second; the third is 20 hours after the first
    }

    [Fact]
    public async Task A_looser_policy_newly_allows_what_was_recorded_past_the_cap_in_force()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email", "email", "email");
        await trial.Throttler.RecordAsync(null, Draft(), null, null, null, Cancellation);

        SimulationReport looser = await SimulateAsync(trial, Head + "  - { name: four, cap: 4, in: rolling 24h }");
        SimulationReport same = await SimulateAsync(trial, ThreeAndNoMore);

        Assert.Equal((0, 0, 1), (looser.Refused, looser.NewlyRefused, looser.NewlyAllowed));
        Assert.Equal((1, 0, 0), (same.Refused, same.NewlyRefused, same.NewlyAllowed));
    }

    [Fact]
    public async Task What_a_history_says_was_refused_may_be_newly_allowed_and_counts_then()
    {
        LedgerContact made = At(9);
        Past past = new(Person.Unknown with { Ledger = Ledger.Of([made]) }) { Refused = [At(10), At(11)] };

        SimulationReport report = await Pasts.SimulateAsync(
            new SimulationPlan(Policy(Head + "  - { name: two, cap: 2, in: rolling 24h }")), ("ada", past));

        Assert.Equal((3, 1, 0, 1), (report.Contacts, report.Refused, report.NewlyRefused, report.NewlyAllowed));
        Assert.Equal((1, 0), (report.PerPerson[1].Before, report.PerPerson[1].After));
        Assert.Equal((0, 1), (report.PerPerson[2].Before, report.PerPerson[2].After));
    }

    [Fact]
    public async Task People_who_share_a_pool_are_judged_together_and_the_others_apart()
    {
        await using TrialEngine trial = await StartAsync();
        foreach (string person in (string[])["ada", "bob"])
        {
            await trial.Engine.Pools.JoinAsync(null, person, "household", "elm street", null, Cancellation);
        }

        await ReserveAsync(trial, "ada", "email");
        await ReserveAsync(trial, "bob", "email");
        await ReserveAsync(trial, "cyd", "email");

        SimulationReport report = await SimulateAsync(
            trial, Head + "  - { name: home, cap: 1, in: rolling 24h, pool: household }");

        Assert.Equal((3, 3, 1, 1), (report.People, report.Contacts, report.Refused, report.PeopleAffected));
    }

    [Fact]
    public async Task Contacts_outside_the_time_that_is_asked_for_are_past_and_not_told_of()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email");
        trial.Clock.Advance(Duration.FromHours(1));
        await ReserveAsync(trial, "ada", "email");
        trial.Clock.Advance(Duration.FromHours(1));
        await ReserveAsync(trial, "ada", "email");

        SimulationReport report = await trial.Engine.Simulations.RunAsync(
            trial.Engine.Simulations.Prepare(
                Once, null, 100, Start + Duration.FromHours(1), Start + Duration.FromHours(2), Unbounded),
            Cancellation);

        Assert.Equal((1, 1), (report.Contacts, report.Refused));
        Assert.Equal((Start + Duration.FromHours(1), Start + Duration.FromHours(1)), (report.First, report.Last));
    }

    [Fact]
    public async Task Rules_that_warn_or_observe_are_told_of_and_refuse_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email", "email");

        SimulationReport report = await SimulateAsync(trial, Head + """
              - { name: loud, cap: 1, in: rolling 24h, effect: warn }
              - { name: quiet, cap: 1, in: rolling 24h, effect: observe }
            """);

        Assert.Equal(0, report.Refused);
        Assert.Equal(
            [
                new SimulatedRule("loud", Core.Rules.Effect.Warn, 1, 0, 1),
                new SimulatedRule("quiet", Core.Rules.Effect.Observe, 1, 0, 1),
            ],
            report.Rules);
        Assert.Contains(report.Limits, static limit => limit.Contains("loud", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_of_whose_past_nothing_is_known_refuse_nothing_and_are_named()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email");
        await trial.Engine.People.PlaceHoldAsync(null, "ada", "complaint", null, null, Cancellation);

        SimulationReport report = await SimulateAsync(trial, Head + "  - { name: held, hold: complaint }");

        Assert.Equal(0, report.Refused);
        Assert.Contains(report.Limits, static limit => limit.EndsWith(": held.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_opt_out_counts_from_when_it_was_said()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email");
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Consent.OptOutAsync(null, "ada", new(), null, null, Cancellation);
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Throttler.RecordAsync(null, Draft(), null, null, null, Cancellation);

        SimulationReport report = await SimulateAsync(trial, ThreeAndNoMore);

        Assert.Equal([new SimulatedRule("opt-out", Core.Rules.Effect.Deny, 1, 1, 1)], report.Rules);
    }

    [Fact]
    public async Task A_sample_is_the_same_every_time_and_its_margins_say_how_far_it_may_be_off()
    {
        (string, Past)[] people =
        [
            .. Enumerable.Range(0, 2000).Select(static i => (
                $"person {i}", new Past(Person.Unknown with { Ledger = Ledger.Of([.. Contacts(i % 4)]) }))),
        ];
        SimulationPlan plan = new(Policy(Once));

        SimulationReport all = await Pasts.SimulateAsync(plan, people);
        SimulationReport sample = await Pasts.SimulateAsync(plan with { Sample = 0.1 }, people);
        SimulationReport again = await Pasts.SimulateAsync(plan with { Sample = 0.1 }, people);

        Assert.Equal((0, 0, 0), (all.RefusedMargin, all.PeopleAffectedMargin, all.RefusedShareMargin));
        Assert.InRange(sample.People, 150, 250);
        Assert.Equal((sample.People, sample.Refused), (again.People, again.Refused));
        Assert.InRange(
            all.Refused,
            Low(sample.Refused, sample.RefusedMargin),
            High(sample.Refused, sample.RefusedMargin));
        Assert.InRange(
            all.PeopleAffected,
            Low(sample.PeopleAffected, sample.PeopleAffectedMargin),
            High(sample.PeopleAffected, sample.PeopleAffectedMargin));

        long Low(long found, double margin) => (long)((found * sample.Scale) - margin);
        long High(long found, double margin) => (long)((found * sample.Scale) + margin) + 1;
    }

    [Fact]
    public async Task A_sample_takes_whole_pools()
    {
        (string, Past)[] people =
        [
            .. Enumerable.Range(0, 400).Select(static i => (
                $"person {i}", new Past(Person.Unknown with
                {
                    Ledger = Ledger.Of([At(9)]),
                    Pools = Person.Unknown.Pools.Add("household", new Pool(KeySpace.KeyOf($"house {i / 2}"))),
                }))),
        ];
        SimulationPlan plan = new(Policy(Head + "  - { name: home, cap: 1, in: rolling 24h, pool: household }"))
        {
            Sample = 0.25,
        };

        SimulationReport report = await Pasts.SimulateAsync(plan, people);

        Assert.InRange(report.People, 60, 140);
        Assert.Equal(report.People, 2 * report.Refused);
    }

    [Fact]
    public async Task A_damaged_record_is_passed_over_and_told_of()
    {
        await using TrialEngine trial = await StartAsync();
        await ReserveAsync(trial, "ada", "email", "email");
        await trial.Records.TrySaveAsync(
            new RecordKey("person", new string('x', 22)),
            RecordVersion.Absent,
            new byte[] { 9, 9 },
            null,
            Cancellation);

        SimulationReport report = await SimulateAsync(trial, Once);

        Assert.Equal((1, 1, 1), (report.People, report.Refused, report.PeopleUnreadable));
    }

    private static async Task ReserveAsync(TrialEngine trial, string person, params string[] channels)
    {
        foreach (string channel in channels)
        {
            Assert.NotNull((await trial.ReserveAsync(Draft(channel, person: person))).Reservation);
        }
    }

    private static LedgerContact At(int hour)
    {
        Instant at = Instant.FromUtc(2026, 3, 2, hour, 0);
        return new LedgerContact(
            new ContactNumber(at.ToUnixTimeTicks()), at, new("email", "marketing"), 1, ContactState.Made, at, null, at);
    }

    private static IEnumerable<LedgerContact> Contacts(int count) => Enumerable.Range(9, count).Select(At);
}
