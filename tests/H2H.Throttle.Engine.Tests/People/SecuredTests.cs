using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>A no waits until it is safe, and says how safe.</summary>
public sealed class SecuredTests
{
    [Fact]
    public async Task Every_no_says_what_it_outlives_and_a_yes_does_not_wait()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore calls = new(trial.Records, trial.Journal);
        ConsentDesk desk = (await trial.SecondAsync(calls, calls)).Consent;
        Instant tomorrow = Start + Duration.FromDays(1);

        ConsentResult optedOut = await desk.OptOutAsync("r", "ada", Scope.Everything, null, null, Cancellation);
        ConsentResult again = await desk.OptOutAsync("r", "ada", Scope.Everything, null, null, Cancellation);
        ConsentResult snoozed = await desk.SnoozeAsync(
            null, "ada", Scope.Everything, tomorrow, null, Cancellation);
        ConsentResult revoked = await desk.RevokeAsync(
            null, "ada", "calls", Scope.Everything, null, null, Cancellation);
        calls.Take();
        ConsentResult optedIn = await desk.OptInAsync(null, "ada", Scope.Everything, null, null, Cancellation);

        Assert.All(
            [optedOut, again, snoozed, revoked], static answer => Assert.Equal(Durability.Disk, answer.Durability));
        Assert.Equal(Durability.Unstated, optedIn.Durability);
        Assert.Equal("sj", calls.Take());
    }

    [Fact]
    public async Task An_opt_out_that_another_server_built_upon_is_found_again_and_said_once()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore calls = new(trial.Records, trial.Journal);
        ThrottleEngine server = await trial.SecondAsync(calls, calls);
        string reservation = await trial.ReservedAsync();
        calls.BeforeSecured = () => trial.Consent.SnoozeAsync(
            null, "ada", Scope.Everything, Start + Duration.FromDays(1), null, Cancellation).AsTask();

        ConsentResult answer = await server.Consent.OptOutAsync(
            null, "ada", Scope.Everything, null, null, Cancellation);

        Assert.Equal(Durability.Disk, answer.Durability);
        Assert.Equal(reservation, Assert.Single(answer.Revoked).ToString());
        Assert.Equal(
            ["policy_published", "opt_out", "reservation_revoked", "snooze"], await trial.FactsAsync());
    }
}
