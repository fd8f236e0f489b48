using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>What the stores are asked for when a server of a shared store guesses what is there.</summary>
public sealed class GuessTests
{
    [Fact]
    public async Task A_new_person_and_one_last_seen_here_cost_one_save_and_nothing_else()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);

        for (int call = 0; call < 3; call++)
        {
            Assert.True(await AllowsAsync(server, $"r{call}"));
            Assert.Equal("s", calls.Take());
        }
    }

    [Fact]
    public async Task A_denial_without_a_request_id_is_given_only_on_what_the_store_answers()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);
        for (int call = 0; call < 3; call++)
        {
            await AllowsAsync(server);
        }

        calls.Take();
        Assert.False(await AllowsAsync(server));

        Assert.Equal("l", calls.Take());
    }

    [Fact]
    public async Task Those_who_come_while_another_looks_at_the_same_person_share_the_next_look()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);
        for (int call = 0; call < 3; call++)
        {
            await AllowsAsync(server);
        }

        calls.Take();
        TaskCompletionSource looked = new();
        calls.Loading = looked.Task;
        Task<bool>[] asked = [.. Enumerable.Range(0, 50).Select(_ => AllowsAsync(server))];
        looked.SetResult();

        Assert.DoesNotContain(true, await Task.WhenAll(asked));
        Assert.Equal("ll", calls.Take());
    }

    [Fact]
    public async Task A_denial_with_a_request_id_is_proved_by_the_save_that_remembers_it()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);
        for (int call = 0; call < 3; call++)
        {
            await AllowsAsync(server);
        }

        calls.Take();
        Assert.False(await AllowsAsync(server, "no"));

        Assert.Equal("s", calls.Take());
    }

    [Fact]
    public async Task What_was_full_here_and_was_freed_elsewhere_is_not_denied()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine here, CountedStore calls) = await FarAsync(trial);
        (ThrottleEngine there, _) = await FarAsync(trial);
        ReserveResult first = await ReserveAsync(here);
        await ReserveAsync(here);
        await ReserveAsync(here);
        await there.Reservations.ReleaseAsync(null, first.Reservation!.Id.ToString(), null, Cancellation);

        calls.Take();
        Assert.True(await AllowsAsync(here));

        Assert.Equal("ls", calls.Take());
    }

    [Fact]
    public async Task What_looked_free_here_and_was_taken_elsewhere_is_denied()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine here, CountedStore calls) = await FarAsync(trial);
        (ThrottleEngine there, _) = await FarAsync(trial);
        await ReserveAsync(here);
        await ReserveAsync(there);
        await ReserveAsync(there);

        calls.Take();
        Assert.False(await AllowsAsync(here));
        string wrong = calls.Take();
        Assert.False(await AllowsAsync(here));

        Assert.Equal(("c", "l"), (wrong, calls.Take()));
    }

    [Fact]
    public async Task An_opt_out_that_was_said_elsewhere_is_heeded_by_the_next_call_here()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine here, CountedStore calls) = await FarAsync(trial);
        (ThrottleEngine there, _) = await FarAsync(trial);
        await ReserveAsync(here);
        await there.Consent.OptOutAsync(null, "ada", new Scope(), null, null, Cancellation);

        calls.Take();
        Assert.False(await AllowsAsync(here));

        Assert.Equal("c", calls.Take());
    }

    [Fact]
    public async Task A_repeated_request_is_answered_from_the_store_even_where_it_is_known()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);
        ReserveResult first = await ReserveAsync(server, "r");

        calls.Take();
        ReserveResult again = await ReserveAsync(server, "r");

        Assert.Equal("l", calls.Take());
        Assert.Equal(first.Verdict.Id, again.Verdict.Id);
        Assert.Equal(first.Reservation!.Id, again.Reservation!.Id);
    }

    [Fact]
    public async Task A_refusal_is_given_only_on_what_the_store_answers()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine here, CountedStore calls) = await FarAsync(trial);
        ReserveResult made = await trial.ReserveAsync();
        string reservation = made.Reservation!.Id.ToString();

        calls.Take();
        await here.Reservations.ConfirmAsync(null, reservation, null, null, null, Cancellation);
        string confirmed = calls.Take();
        RequestException refused = await RefusedAsync(
            here.Reservations.ReleaseAsync(null, reservation, null, Cancellation));

        Assert.Equal(ProblemReason.ReservationAlreadyConfirmed, refused.Problems[0].Reason);
        Assert.Equal(("ls", "l"), (confirmed, calls.Take()));
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_is_not_counted_again_when_the_request_is_repeated()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);
        calls.LosesAnswer = true;

        await Assert.ThrowsAsync<StoreException>(async () => await ReserveAsync(server, "r"));
        calls.Take();
        ReserveResult again = await ReserveAsync(server, "r");

        Assert.Equal("c", calls.Take());
        Assert.NotNull(again.Reservation);
        Assert.True(await AllowsAsync(server));
        Assert.True(await AllowsAsync(server));
        Assert.False(await AllowsAsync(server));
    }

    [Fact]
    public async Task Facts_go_to_the_journal_once_and_those_that_were_lost_go_with_the_next_change()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);
        await server.Consent.OptOutAsync(null, "ada", new Scope(Topic: "a"), null, null, Cancellation);
        Assert.Equal("sjw", calls.Take());
        calls.LosesFacts = true;
        await Assert.ThrowsAsync<StoreException>(async () =>
            await server.Consent.OptOutAsync(null, "ada", new Scope(Topic: "b"), null, null, Cancellation));
        Assert.Equal("sj", calls.Take());

        await ReserveAsync(server);
        Assert.Equal("js", calls.Take());
        await ReserveAsync(server);

        Assert.Equal("s", calls.Take());
        Assert.Equal(["policy_published", "opt_out", "opt_out"], await trial.FactsAsync());
    }

    [Theory]
    [InlineData(0, long.MaxValue)]
    [InlineData(100, 0)]
    [InlineData(100, 400)]
    public async Task A_server_that_may_remember_nobody_guesses_that_all_are_new_and_is_as_exact(
        int peopleMax, long bytesMax)
    {
        await using TrialEngine trial = await StartAsync();
        trial.Options.PeopleKnownMax = peopleMax;
        trial.Options.PeopleKnownBytesMax = bytesMax;
        (ThrottleEngine server, CountedStore calls) = await FarAsync(trial);

        Assert.True(await AllowsAsync(server));
        Assert.Equal("s", calls.Take());
        Assert.True(await AllowsAsync(server));
        Assert.Equal("cs", calls.Take());
        Assert.True(await AllowsAsync(server));
        Assert.False(await AllowsAsync(server));
    }

    [Fact]
    public async Task Who_was_joined_to_another_in_the_midst_of_a_call_is_found_though_the_other_was_seen_before_that()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine here, CountedStore calls) = await FarAsync(trial);
        await trial.ReserveAsync();
        calls.BeforeSave = async () =>
        {
            await here.Throttler.CheckAsync(Draft(), null, null, Cancellation);
            await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        };

        ReserveResult made = await here.Throttler.ReserveAsync(
            null, Draft() with { PersonId = "eve" }, null, null, null, Cancellation);

        Assert.NotNull(made.Reservation);
        Assert.True(await AllowsAsync(here));
        Assert.False(await AllowsAsync(here));
    }

    private static async Task<(ThrottleEngine Server, CountedStore Calls)> FarAsync(TrialEngine trial)
    {
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine server = await trial.SecondAsync(far, far);
        far.Take();
        return (server, far);
    }

    private static async Task<bool> AllowsAsync(ThrottleEngine server, string? requestId = null) =>
        (await ReserveAsync(server, requestId)).Verdict.Decision is Decision.Allowed;

    private static async Task<ReserveResult> ReserveAsync(ThrottleEngine server, string? requestId = null) =>
        await server.Throttler.ReserveAsync(requestId, Draft(), null, null, null, Cancellation);
}
