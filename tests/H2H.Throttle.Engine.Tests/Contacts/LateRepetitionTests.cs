using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Contacts;

/// <summary>A call that is repeated after what it says has come to be out of time, or the policy has changed.</summary>
public sealed class LateRepetitionTests
{
    private const string Smaller = """
        policy: trial
        zone: UTC
        channels: [email]
        purposes: { service: { capped: false, counted: false } }
        rules: [ { name: three, when: { purpose: service }, cap: 3, in: rolling 24h } ]
        """;

    private static readonly Instant Soon = Start + Duration.FromHours(1);
    private static readonly Instant BarelyKnown = Start - RequestBounds.RecordedLateMax;

    [Fact]
    public async Task A_planned_reservation_is_answered_again_after_the_time_for_which_it_was_planned()
    {
        await using TrialEngine trial = await StartAsync();
        ContactDraft planned = Draft() with { PlannedAt = Soon };
        ReserveResult first = await trial.ReserveAsync(planned, "one");
        trial.Clock.Advance(Duration.FromHours(2));
        byte[] before = await trial.BytesAsync();

        ReserveResult again = await trial.ReserveAsync(planned, "one");

        Assert.Equal(first.Reservation!.Id, again.Reservation!.Id);
        Assert.Equal((first.Verdict.Id, first.Verdict.At), (again.Verdict.Id, again.Verdict.At));
        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task Every_call_that_gives_a_time_is_answered_again_when_that_time_is_out_of_bounds()
    {
        await using TrialEngine trial = await StartAsync();
        string made = await trial.ReservedAsync();
        ImmutableArray<Func<string, Task>> calls = CallsWithTimes(trial, made);
        for (int i = 0; i < calls.Length; i++)
        {
            await calls[i]($"request {i}");
        }

        byte[] before = await trial.BytesAsync();
        trial.Clock.Advance(Duration.FromHours(2));

        for (int i = 0; i < calls.Length; i++)
        {
            await calls[i]($"request {i}");
        }

        Assert.Equal(before, await trial.BytesAsync());
        for (int i = 0; i < calls.Length; i++)
        {
            RequestException refused = await Assert.ThrowsAsync<RequestException>(() => calls[i]($"new {i}"));
            Assert.Equal(ProblemReason.TimeOutOfRange, Assert.Single(refused.Problems).Reason);
            refused = await Assert.ThrowsAsync<RequestException>(() => calls[i](""));
            Assert.Equal(ProblemReason.TimeOutOfRange, Assert.Single(refused.Problems).Reason);
        }

        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task A_call_that_tells_its_own_time_is_answered_again_when_that_is_far_from_the_clock()
    {
        await using TrialEngine trial = await StartAsync();
        Task<ReserveResult> AskAsync(string id) =>
            trial.Throttler.ReserveAsync(id, Draft(), null, Start, null, Cancellation).AsTask();
        ReserveResult first = await AskAsync("one");
        trial.Clock.Advance(Duration.FromHours(2));

        ReserveResult again = await AskAsync("one");
        RequestException other = await Assert.ThrowsAsync<RequestException>(() => AskAsync("two"));

        Assert.Equal(first.Reservation!.Id, again.Reservation!.Id);
        Assert.Equal((ProblemReason.TimeOutOfRange, "at"), (other.Problems[0].Reason, other.Problems[0].Field));
    }

    [Fact]
    public async Task Every_call_is_answered_again_under_a_policy_that_no_longer_knows_its_words()
    {
        await using TrialEngine trial = await StartAsync();
        string made = await trial.ReservedAsync();
        ImmutableArray<Func<string, Task>> calls = CallsWithWords(trial, made);
        for (int i = 0; i < calls.Length; i++)
        {
            await calls[i]($"request {i}");
        }

        await trial.Engine.Policies.PublishAsync(null, Smaller, null, null, Cancellation);
        byte[] before = await trial.BytesAsync();

        for (int i = 0; i < calls.Length; i++)
        {
            await calls[i]($"request {i}");
            await Assert.ThrowsAsync<RequestException>(() => calls[i]($"new {i}"));
        }

        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_told_so_even_when_its_time_has_passed()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync(Draft() with { PlannedAt = Soon }, "one");
        trial.Clock.Advance(Duration.FromHours(2));

        RequestException refused = await RefusedAsync(
            trial.ReserveAsync(Draft() with { PlannedAt = Soon + Duration.FromMinutes(1) }, "one"));

        Assert.Equal(ProblemReason.RequestIdReused, Assert.Single(refused.Problems).Reason);
    }

    [Fact]
    public async Task What_can_be_no_repetition_is_told_all_that_is_wrong()
    {
        await using TrialEngine trial = await StartAsync();

        ContactDraft wrong = Draft("fax") with { PlannedAt = Start - Duration.FromDays(1), Weight = 0 };
        RequestException refused = await RefusedAsync(trial.ReserveAsync(wrong, "one"));

        Assert.Equal(
            [ProblemReason.TimeOutOfRange, ProblemReason.ChannelUnknown, ProblemReason.WeightOutOfRange],
            refused.Problems.Select(static problem => problem.Reason));
    }

    private static ImmutableArray<Func<string, Task>> CallsWithTimes(TrialEngine trial, string made)
    {
        ConsentDraft consent = new("calls") { Until = Soon };
        EventDraft purchase = new("purchase") { HappenedAt = BarelyKnown };
        Reservations reservations = trial.Engine.Reservations;
        return
        [
            id => trial.ReserveAsync(Draft() with { PlannedAt = Soon }, id).AsTask(),
            id => trial.Throttler.RecordAsync(id, Draft(), BarelyKnown, null, null, Cancellation).AsTask(),
            id => reservations.ConfirmAsync(id, made, BarelyKnown, null, null, Cancellation).AsTask(),
            id => reservations.ReportOutcomeAsync(id, made, new("busy"), BarelyKnown, null, Cancellation).AsTask(),
            id => trial.Consent.SnoozeAsync(id, "ada", new(), Soon, null, Cancellation).AsTask(),
            id => trial.Consent.GrantAsync(id, "ada", consent, null, Cancellation).AsTask(),
            id => trial.Engine.People.RecordEventAsync(id, "ada", purchase, null, Cancellation).AsTask(),
        ];
    }

    private static ImmutableArray<Func<string, Task>> CallsWithWords(TrialEngine trial, string made)
    {
        Scope scope = new(Channel: "sms", Purpose: "marketing");
        ConsentDraft consent = new("calls") { EndsOn = ["ignored"] };
        PersonDraft update = new() { Limits = [new LimitDraft(scope, 1, "calendar week")] };
        Reservations reservations = trial.Engine.Reservations;
        return
        [
            id => trial.ReserveAsync(Draft("phone"), id).AsTask(),
            id => trial.Throttler.RecordAsync(id, Draft(), null, "ignored", null, Cancellation).AsTask(),
            id => reservations.ConfirmAsync(id, made, null, new("ignored"), null, Cancellation).AsTask(),
            id => reservations.ReportOutcomeAsync(id, made, new("ignored"), null, null, Cancellation).AsTask(),
            id => trial.Consent.OptOutAsync(id, "ada", scope, null, null, Cancellation).AsTask(),
            id => trial.Consent.OptInAsync(id, "ada", scope, null, null, Cancellation).AsTask(),
            id => trial.Consent.SnoozeAsync(id, "ada", scope, Soon, null, Cancellation).AsTask(),
            id => trial.Consent.GrantAsync(id, "ada", consent, null, Cancellation).AsTask(),
            id => trial.Consent.RevokeAsync(id, "ada", "calls", scope, null, null, Cancellation).AsTask(),
            id => trial.Engine.People.UpdateAsync(id, "ada", update, null, Cancellation).AsTask(),
        ];
    }
}
