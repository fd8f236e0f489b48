using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Contacts;

public sealed class RequestIdTests
{
    [Fact]
    public async Task The_same_request_gets_the_same_reservation_and_counts_once()
    {
        await using TrialEngine trial = await StartAsync();

        ReserveResult first = await trial.ReserveAsync(requestId: "one");
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.RestartAsync();
        ReserveResult again = await trial.ReserveAsync(requestId: "one");

        Assert.Equal(first.Reservation, again.Reservation);
        Assert.Equal((first.Verdict.Id, first.Verdict.At), (again.Verdict.Id, again.Verdict.At));
        Assert.Single((await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts);
    }

    [Fact]
    public async Task A_denial_stays_a_denial_even_when_a_slot_is_free_by_now()
    {
        await using TrialEngine trial = await StartAsync();
        string given = await trial.ReservedAsync();
        await trial.ReserveAsync();
        await trial.ReserveAsync();
        ReserveResult first = await trial.ReserveAsync(requestId: "late");
        await trial.Engine.Reservations.ReleaseAsync(null, given, null, Cancellation);

        ReserveResult again = await trial.ReserveAsync(requestId: "late");

        Decision.Denied denied = Assert.IsType<Decision.Denied>(first.Verdict.Decision);
        Decision.Denied repeated = Assert.IsType<Decision.Denied>(again.Verdict.Decision);
        Assert.Equal(first.Verdict.Id, again.Verdict.Id);
        Assert.Equal(denied.NextAllowedAt, repeated.NextAllowedAt);
        Assert.Equal(denied.AllowedChannels, repeated.AllowedChannels);
        Assert.Equal(denied.Reasons[0].Counted, repeated.Reasons[0].Counted);
        Assert.Equal(denied.Reasons[0] with { Counted = [] }, repeated.Reasons[0] with { Counted = [] });
        Assert.True(await trial.AllowsAsync());
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_refused_and_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync(requestId: "one");
        byte[] before = await trial.BytesAsync();

        RequestException other = await RefusedAsync(trial.ReserveAsync(Draft("sms"), "one"));
        RequestException lives = await RefusedAsync(trial.ReserveAsync(requestId: "one",
            lives: Duration.FromSeconds(9)));
        RequestException call = await RefusedAsync(
            trial.Throttler.RecordAsync("one", Draft(), null, null, null, Cancellation));

        Assert.All(
            [other, lives, call],
            static refused => Assert.Equal(ProblemReason.RequestIdReused, refused.Problems[0].Reason));
        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task An_id_is_remembered_for_a_day_and_then_forgotten()
    {
        await using TrialEngine trial = await StartAsync();
        ReserveResult first = await trial.ReserveAsync(requestId: "one");

        trial.Clock.Advance(Duration.FromHours(24));
        ReserveResult sameDay = await trial.ReserveAsync(requestId: "one");
        trial.Clock.Advance(Duration.FromTicks(1));
        await trial.ReserveAsync(requestId: "two");
        ReserveResult nextDay = await trial.ReserveAsync(requestId: "one");

        Assert.Equal(first.Reservation, sameDay.Reservation);
        Assert.NotEqual(first.Reservation!.Id, nextDay.Reservation!.Id);
    }

    [Fact]
    public async Task However_many_denials_there_are_what_has_counted_is_not_counted_again()
    {
        await using TrialEngine trial = await StartAsync();
        RecordResult first = await trial.Throttler.RecordAsync("a", Draft(), null, null, null, Cancellation);
        await trial.ReserveAsync();
        await trial.ReserveAsync();
        for (int i = 0; i < 600; i++)
        {
            Assert.Null((await trial.ReserveAsync(requestId: $"denied {i}")).Reservation);
        }

        RecordResult again = await trial.Throttler.RecordAsync("a", Draft(), null, null, null, Cancellation);

        Assert.Equal(first.Contact.Id, again.Contact.Id);
        Assert.Equal(3, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);
    }

    [Fact]
    public async Task An_answer_that_counted_is_never_forgotten_early_and_an_opt_out_never_refused()
    {
        await using TrialEngine trial = await StartAsync();
        for (int i = 0; i < 512; i++)
        {
            await trial.Throttler.RecordAsync($"r {i}", Draft(), null, null, null, Cancellation);
        }

        RequestException full = await RefusedAsync(
            trial.Throttler.RecordAsync("one more", Draft(), null, null, null, Cancellation));
        await trial.Throttler.RecordAsync(null, Draft(), null, null, null, Cancellation);
        await trial.Engine.Consent.OptOutAsync("o", "ada", new(), null, null, Cancellation);
        await trial.Throttler.RecordAsync("r 0", Draft(), null, null, null, Cancellation);

        Assert.Equal((ProblemReason.RecordFull, "request_id"), (full.Problems[0].Reason, full.Problems[0].Field));
        Assert.Equal(513, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);
        Assert.False(await trial.AllowsAsync());
    }

    [Fact]
    public async Task Every_call_that_changes_something_can_be_repeated()
    {
        await using TrialEngine trial = await StartAsync();
        Reservations reservations = trial.Engine.Reservations;
        string confirmed = await trial.ReservedAsync();
        string released = await trial.ReservedAsync();

        for (int i = 0; i < 2; i++)
        {
            ConfirmResult confirm = await reservations.ConfirmAsync("c", confirmed, null, null, null, Cancellation);
            await reservations.ReleaseAsync("r", released, null, Cancellation);
            await reservations.ReportOutcomeAsync("o", confirmed, new("refused"), null, null, Cancellation);
            RecordResult record = await trial.Throttler.RecordAsync("d", Draft(), null, null, null, Cancellation);
            await trial.Engine.Consent.OptOutAsync("x", "ada", new() { Channel = "sms" }, "web", null, Cancellation);

            Assert.Null(confirm.Contact.Contact.Outcome);
            Assert.Empty(record.Overshoot);
        }

        Assert.Equal(3, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);
        Assert.Single(await trial.FactsAsync(), static kind => kind == "opt_out");
    }
}
