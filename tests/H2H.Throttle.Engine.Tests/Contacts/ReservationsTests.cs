using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Contacts;

public sealed class ReservationsTests
{
    [Fact]
    public async Task A_confirmed_contact_keeps_its_instant_and_takes_its_outcome()
    {
        await using TrialEngine trial = await StartAsync();
        string id = await trial.ReservedAsync();
        trial.Clock.Advance(Duration.FromMinutes(5));

        ConfirmResult confirmed = await trial.Engine.Reservations.ConfirmAsync(null, id, null, new("delivered"), null,
            Cancellation);

        Assert.Equal(Standing.Made, confirmed.Contact.Standing);
        Assert.Equal((Start, "delivered"), (confirmed.Contact.Contact.At, confirmed.Contact.Contact.Outcome));
        Assert.Equal(Start + Duration.FromMinutes(5), confirmed.Contact.Contact.OutcomeAt);
        Assert.False(confirmed.IsLate);
        Assert.Empty(confirmed.Overshoot);
    }

    [Fact]
    public async Task A_confirmation_after_expiry_is_stored_and_reports_what_it_is_over()
    {
        await using TrialEngine trial = await StartAsync();
        string id = (await trial.ReserveAsync(Draft("phone"),
            lives: Duration.FromSeconds(1))).Reservation!.Id.ToString();
        trial.Clock.Advance(Duration.FromMinutes(1));
        for (int i = 0; i < 3; i++)
        {
            Assert.NotNull((await trial.ReserveAsync()).Reservation);
        }

        ConfirmResult late = await trial.Engine.Reservations.ConfirmAsync(null, id, null, null, null, Cancellation);

        Assert.True(late.IsLate);
        Assert.Equal("three", Assert.Single(late.Overshoot).Rule);
        Assert.Equal(Standing.Made, late.Contact.Standing);
    }

    [Fact]
    public async Task Released_slots_are_free_and_releasing_again_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        string id = await trial.ReservedAsync();
        await trial.ReserveAsync();
        await trial.ReserveAsync();
        Assert.False(await trial.AllowsAsync());

        await trial.Engine.Reservations.ReleaseAsync(null, id, null, Cancellation);
        KnownContact again = await trial.Engine.Reservations.ReleaseAsync(null, id, null, Cancellation);

        Assert.True(await trial.AllowsAsync());
        Assert.Equal(Standing.Released, again.Standing);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_its_reason_and_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        Reservations reservations = trial.Engine.Reservations;
        string made = await trial.ReservedAsync();
        string released = await trial.ReservedAsync();
        await reservations.ConfirmAsync(null, made, null, null, null, Cancellation);
        await reservations.ReleaseAsync(null, released, null, Cancellation);
        string unknown = made[..^3] + "zzz";
        byte[] before = await trial.BytesAsync();

        Dictionary<ProblemReason, RequestException> refused = [];
        foreach ((ProblemReason reason, Func<Task> call) in new (ProblemReason, Func<Task>)[]
        {
            (ProblemReason.ReservationAlreadyConfirmed, async () =>
                await reservations.ConfirmAsync(null, made, null, null, null, Cancellation)),
            (ProblemReason.ReservationAlreadyReleased, async () =>
                await reservations.ConfirmAsync(null, released, null, null, null, Cancellation)),
            (ProblemReason.ReservationUnknown, async () =>
                await reservations.ConfirmAsync(null, unknown, null, null, null, Cancellation)),
            (ProblemReason.ContactUnknown, async () =>
                await reservations.ReportOutcomeAsync(null, "nonsense", new("busy"), null, null, Cancellation)),
            (ProblemReason.IdEmpty, async () => await reservations.ReleaseAsync(null, "", null, Cancellation)),
            (ProblemReason.OutcomeUnknown, async () =>
                await reservations.ReportOutcomeAsync(null, made, new("eaten"), null, null, Cancellation)),
            (ProblemReason.TimeOutOfRange, async () =>
                await reservations.ConfirmAsync(null, made, Start + Duration.FromDays(1), null, null, Cancellation)),
        })
        {
            refused[reason] = await Assert.ThrowsAsync<RequestException>(call);
        }

        RequestException afterRelease = await RefusedAsync(
            reservations.ReportOutcomeAsync(null, released, new("busy"), null, null, Cancellation));
        RequestException afterConfirm = await RefusedAsync(reservations.ReleaseAsync(null, made, null, Cancellation));

        Assert.All(refused, static pair => Assert.Equal(pair.Key, Assert.Single(pair.Value.Problems).Reason));
        Assert.Equal(ProblemReason.ReservationAlreadyReleased, afterRelease.Problems[0].Reason);
        Assert.Equal(ProblemReason.ReservationAlreadyConfirmed, afterConfirm.Problems[0].Reason);
        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task A_planned_contact_that_is_confirmed_early_was_made_by_then()
    {
        await using TrialEngine trial = await StartAsync();
        string id = await trial.ReservedAsync(Draft() with { PlannedAt = Start + Duration.FromDays(2) });
        trial.Clock.Advance(Duration.FromHours(1));

        ConfirmResult confirmed = await trial.Engine.Reservations.ConfirmAsync(null, id, null, null, null,
            Cancellation);

        Assert.Equal(Start + Duration.FromHours(1), confirmed.Contact.Contact.At);
    }

    [Fact]
    public async Task An_outcome_confirms_what_was_reserved_and_can_be_corrected()
    {
        await using TrialEngine trial = await StartAsync();
        string id = await trial.ReservedAsync();

        await trial.Engine.Reservations.ReportOutcomeAsync(null, id, new("sent"), null, null, Cancellation);
        KnownContact told = await trial.Engine.Reservations.ReportOutcomeAsync(null, id, new("ignored"), null, null,
            Cancellation);

        Assert.Equal((Standing.Made, "ignored"), (told.Standing, told.Contact.Outcome));
    }

    [Fact]
    public async Task A_contact_that_moved_into_another_window_reports_what_it_is_over()
    {
        await using TrialEngine trial = await StartAsync("""
            { policy: days, zone: UTC, channels: [email], purposes: { marketing: {} },
                rules: [ { name: day, cap: 1, in: calendar day } ] }
            """);
        await trial.ReserveAsync();
        trial.Clock.Now = Instant.FromUtc(2026, 3, 3, 0, 5);
        string id = await trial.ReservedAsync();

        ConfirmResult confirmed = await trial.Engine.Reservations.ConfirmAsync(
            null, id, Instant.FromUtc(2026, 3, 2, 23, 55), null, null, Cancellation);

        Assert.Equal(ReasonCode.CapReached, Assert.Single(confirmed.Overshoot).Code);
    }

    [Fact]
    public async Task What_was_revoked_with_its_consent_is_over_it_unless_it_was_made_before()
    {
        const string Agreed = """
            policy: agreed
            zone: UTC
            channels: [email, sms]
            purposes: { marketing: {} }
            rules:
              - { name: agreed, consent: { opt_in: news } }
              - { name: day, cap: 1, in: calendar day, unless: { consent: more } }
              - { name: complaint, hold: open_complaint }
            """;
        await using TrialEngine trial = await StartAsync(Agreed);
        await trial.Consent.GrantAsync(null, "ada", new("news"), null, Cancellation);
        await trial.Consent.GrantAsync(null, "ada", new("more"), null, Cancellation);
        trial.Clock.Advance(Duration.FromMinutes(1));
        Instant reserved = trial.Clock.Now;
        string first = await trial.ReservedAsync();
        string second = await trial.ReservedAsync();
        string known = await trial.ReservedAsync();
        string onHold = await trial.ReservedAsync(Draft("sms"));
        trial.Clock.Advance(Duration.FromMinutes(1));
        await trial.Consent.RevokeAsync(null, "ada", "news", new("email"), null, null, Cancellation);
        await trial.Engine.People.PlaceHoldAsync(null, "ada", "open_complaint", null, null, Cancellation);
        await trial.Engine.People.LiftHoldAsync(null, "ada", "open_complaint", null, null, Cancellation);
        trial.Clock.Advance(Duration.FromMinutes(1));

        ConfirmResult made = await ConfirmAsync(known, reserved);
        ConfirmResult unknown = await ConfirmAsync(first, null);
        ConfirmResult lifted = await ConfirmAsync(onHold, null);
        await trial.Consent.RevokeAsync(null, "ada", "more", new(), null, null, Cancellation);
        ConfirmResult excused = await ConfirmAsync(second, null);

        Assert.All([made, unknown, lifted, excused], static one => Assert.True(one.IsRevoked));
        Assert.Empty(made.Overshoot);
        Assert.Equal("agreed", Assert.Single(unknown.Overshoot).Rule);
        Assert.Equal(ReasonCode.ConsentMissing, unknown.Overshoot[0].Code);
        Assert.Empty(lifted.Overshoot);
        Assert.Equal(["agreed", "day"], excused.Overshoot.Select(static reason => reason.Rule));
        Assert.Equal(reserved, unknown.Contact.Contact.At);

        Task<ConfirmResult> ConfirmAsync(string id, Instant? madeAt) =>
            trial.Engine.Reservations.ConfirmAsync(null, id, madeAt, null, null, Cancellation).AsTask();
    }
}
