using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class ConsentDeskTests
{
    [Fact]
    public async Task What_was_said_stays_in_the_history_when_it_no_longer_holds()
    {
        await using TrialEngine trial = await StartAsync();
        Scope north = new(Brand: "north");
        Instant later = Start + Duration.FromHours(1);

        await trial.Consent.OptOutAsync(null, "ada", north, "sms STOP", null, Cancellation);
        await trial.Consent.SnoozeAsync(
            null, "ada", Scope.Everything, Start + Duration.FromDays(1), null, Cancellation);
        await trial.Consent.GrantAsync(null, "ada", new ConsentDraft("calls") { Source = "shop" }, null, Cancellation);
        await trial.Engine.People.UpdateAsync(
            null, "ada", new PersonDraft { Limits = [new LimitDraft(north, 1, "lifetime")] }, null, Cancellation);
        trial.Clock.Now = later;
        await trial.Consent.RevokeAsync(null, "ada", "calls", Scope.Everything, null, null, Cancellation);
        await trial.Consent.SnoozeAsync(null, "ada", Scope.Everything, null, null, Cancellation);
        await trial.Consent.OptInAsync(null, "ada", Scope.Everything, "", null, Cancellation);

        ConsentResult known = await trial.Consent.GetAsync("ada", null, Cancellation);
        Assert.Empty(known.OptOuts);
        Assert.Equal(
            [
                new HistoryEntry(HistoryKind.OptOut, north, Start) { Source = "sms STOP" },
                new HistoryEntry(HistoryKind.Snooze, Scope.Everything, Start) { Until = Start + Duration.FromDays(1) },
                new HistoryEntry(HistoryKind.ConsentGiven, Scope.Everything, Start)
                {
                    Consent = "calls", Source = "shop",
                },
                new HistoryEntry(HistoryKind.Limits, north, Start) { Wish = "1 in lifetime" },
                new HistoryEntry(HistoryKind.ConsentRevoked, Scope.Everything, later) { Consent = "calls" },
                new HistoryEntry(HistoryKind.Wake, Scope.Everything, later),
                new HistoryEntry(HistoryKind.OptIn, Scope.Everything, later),
            ],
            known.History);
    }

    [Fact]
    public async Task Of_a_long_history_the_oldest_is_forgotten_and_counted()
    {
        await using TrialEngine trial = await StartAsync();

        for (int i = 0; i < HistoryEntry.EntriesMax + 2; i++)
        {
            await trial.Consent.OptOutAsync(null, "ada", Scope.Everything, $"call {i}", null, Cancellation);
        }

        ConsentResult known = await trial.Consent.GetAsync("ada", null, Cancellation);
        Assert.Equal((HistoryEntry.EntriesMax, 2), (known.History.Length, known.HistoryForgotten));
        Assert.Equal("call 2", known.History[0].Source);
    }

    [Fact]
    public async Task An_opt_out_that_is_repeated_by_its_request_id_is_in_the_history_once()
    {
        await using TrialEngine trial = await StartAsync();

        await trial.Consent.OptOutAsync("r", "ada", Scope.Everything, null, null, Cancellation);
        ConsentResult again = await trial.Consent.OptOutAsync("r", "ada", Scope.Everything, null, null, Cancellation);

        Assert.Single(again.History);
    }

    [Fact]
    public async Task No_means_no_at_once_and_what_was_reserved_is_revoked()
    {
        await using TrialEngine trial = await StartAsync();
        string email = await trial.ReservedAsync();
        string exempt = await trial.ReservedAsync(Draft("email", "confirmation"));

        ConsentResult said = await trial.Engine.Consent.OptOutAsync(null, "ada", Scope.Everything, "web", null,
            Cancellation);

        Assert.Equal([email], said.Revoked.Select(static id => id.ToString()));
        Assert.False(await trial.AllowsAsync());
        Assert.True(await trial.AllowsAsync(Draft("email", "confirmation")));
        ConfirmResult confirmed = await trial.Engine.Reservations.ConfirmAsync(null, email, null, null, null,
            Cancellation);
        Assert.True(confirmed.IsRevoked);
        Assert.Contains(confirmed.Overshoot, static reason => reason.Code == ReasonCode.OptedOut);
        Assert.False((await trial.Engine.Reservations.ConfirmAsync(null, exempt, null, null, null,
            Cancellation)).IsRevoked);
        Assert.Equal(["policy_published", "opt_out", "reservation_revoked"], await trial.FactsAsync());
    }

    [Fact]
    public async Task Opting_out_while_a_thousand_reserve_leaves_none_that_was_asked_for_after_the_answer()
    {
        await using TrialEngine trial = await StartAsync(
            ThreeAndNoMore.Replace("cap: 3", "cap: 1000", StringComparison.Ordinal));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bool acknowledged = false;
        int wrong = 0;
        Task[] senders = [.. Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 40; i++)
            {
                bool before = Volatile.Read(ref acknowledged);
                ReserveResult result = await trial.ReserveAsync();
                if (before && result.Reservation is not null)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        await trial.ReserveAsync();

        await trial.Engine.Consent.OptOutAsync(null, "ada", Scope.Everything, null, null, Cancellation);
        Volatile.Write(ref acknowledged, true);
        await Task.WhenAll(senders);

        Assert.Equal(0, wrong);
        Assert.All(
            (await trial.Engine.People.ListContactsAsync("ada", 1000, null, true, null, Cancellation)).Contacts,
            static contact => Assert.Equal(Standing.Revoked, contact.Standing));
    }

    [Fact]
    public async Task A_yes_to_a_part_frees_that_part_alone()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Consent.OptOutAsync(null, "ada", Scope.Everything, null, null, Cancellation);

        ConsentResult said = await trial.Engine.Consent.OptInAsync(
            null, "ada", new Scope { Channel = "email" }, null, null, Cancellation);

        Assert.True(await trial.AllowsAsync());
        Assert.False(await trial.AllowsAsync(Draft("sms")));
        Assert.Equal(Scope.Everything, Assert.Single(said.OptOuts).Scope);
        Assert.Equal("email", Assert.Single(said.OptIns).Scope.Channel);
    }

    [Fact]
    public async Task After_a_yes_to_everything_nothing_is_left_of_what_was_said()
    {
        await using TrialEngine trial = await StartAsync();
        ConsentDesk desk = trial.Engine.Consent;
        await desk.OptOutAsync(null, "ada", Scope.Everything, null, null, Cancellation);
        await desk.OptInAsync(null, "ada", new Scope("email"), null, null, Cancellation);

        ConsentResult said = await desk.OptInAsync(null, "ada", Scope.Everything, null, null, Cancellation);

        Assert.Empty(said.OptOuts);
        Assert.Empty(said.OptIns);
        Assert.True(await trial.AllowsAsync(Draft("sms")));
    }

    [Fact]
    public async Task A_snooze_ends_by_itself_at_its_instant_or_when_told()
    {
        await using TrialEngine trial = await StartAsync();
        Instant until = Start + Duration.FromDays(3);
        await trial.Engine.Consent.SnoozeAsync(null, "ada", Scope.Everything, until, null, Cancellation);

        ReserveResult asleep = await trial.ReserveAsync();
        trial.Clock.Now = until;
        bool awake = await trial.AllowsAsync();
        await trial.Engine.Consent.SnoozeAsync(null, "ada", Scope.Everything, until + Duration.FromDays(1), null,
            Cancellation);
        await trial.Engine.Consent.SnoozeAsync(null, "ada", Scope.Everything, null, null, Cancellation);

        Decision.Denied denied = Assert.IsType<Decision.Denied>(asleep.Verdict.Decision);
        Assert.Equal((ReasonCode.Snoozed, until), (denied.Reasons[0].Code, denied.NextAllowedAt));
        Assert.True(awake);
        Assert.True(await trial.AllowsAsync());
    }

    [Fact]
    public async Task An_opt_out_outlives_the_ledger_and_a_restart()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Consent.OptOutAsync(null, "ada", new Scope { Channel = "sms" }, null, null, Cancellation);

        trial.Clock.Advance(Duration.FromDays(4000));
        await trial.RestartAsync();

        Assert.False(await trial.AllowsAsync(Draft("sms")));
    }

    [Fact]
    public async Task A_fact_that_could_not_reach_the_journal_is_there_after_the_next_change()
    {
        await using TrialEngine trial = await StartAsync();
        FailingJournal failing = new(trial.Journal);
        ThrottleEngine engine = await trial.SecondAsync(failing);
        failing.IsDown = true;

        await Assert.ThrowsAsync<StoreException>(async () =>
            await engine.Consent.OptOutAsync(null, "ada", Scope.Everything, null, null, Cancellation));
        Assert.DoesNotContain("opt_out", await trial.FactsAsync());
        failing.IsDown = false;
        await engine.Throttler.RecordAsync(null, Draft(), null, null, null, Cancellation);

        Assert.Single(await trial.FactsAsync(), static kind => kind == "opt_out");
    }

    [Fact]
    public async Task An_opt_out_whose_fact_was_lost_is_answered_again_only_once_the_fact_is_in_the_journal()
    {
        await using TrialEngine trial = await StartAsync();
        FailingJournal failing = new(trial.Journal);
        ThrottleEngine engine = await trial.SecondAsync(failing);
        ValueTask<ConsentResult> SayAsync() =>
            engine.Consent.OptOutAsync("once", "ada", Scope.Everything, null, null, Cancellation);
        failing.IsDown = true;

        await Assert.ThrowsAsync<StoreException>(async () => await SayAsync());
        await Assert.ThrowsAsync<StoreException>(async () => await SayAsync());
        failing.IsDown = false;
        await SayAsync();

        Assert.Single(await trial.FactsAsync(), static kind => kind == "opt_out");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        ConsentDesk desk = trial.Engine.Consent;

        RequestException channel = await RefusedAsync(
            desk.OptOutAsync(null, "ada", new Scope { Channel = "pigeon", Purpose = "fun" }, null, null, Cancellation));
        RequestException nobody = await RefusedAsync(desk.OptOutAsync(null, null, Scope.Everything, null, null,
            Cancellation));
        RequestException past = await RefusedAsync(
            desk.SnoozeAsync(null, "ada", Scope.Everything, Start - Duration.FromDays(1), null, Cancellation));

        Assert.Equal(["scope.channel", "scope.purpose"], channel.Problems.Select(static problem => problem.Field));
        Assert.Equal("person_id", Assert.Single(nobody.Problems).Field);
        Assert.Equal("until", Assert.Single(past.Problems).Field);
        Assert.Empty(await trial.BytesAsync());
    }

    /// <summary>The real journal behind a door that can be shut.</summary>
    private sealed class FailingJournal(IJournal inner) : IJournal
    {
        public bool IsDown { get; set; }

        public ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation) => IsDown
            ? throw new StoreException(StoreFailure.Unavailable, "The journal is down.")
            : inner.AppendAsync(facts, cancellation);

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(long position, int max,
            CancellationToken cancellation) =>
            inner.ReadAsync(position, max, cancellation);

        public ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation) =>
            inner.ReadLastAsync(cancellation);

        public IAsyncEnumerable<JournalEntry> WatchAsync(long position, CancellationToken cancellation) =>
            inner.WatchAsync(position, cancellation);
    }
}
