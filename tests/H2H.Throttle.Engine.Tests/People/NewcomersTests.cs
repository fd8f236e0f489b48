using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>What a store in the process is asked for, which guesses only that somebody is new.</summary>
public sealed class NewcomersTests
{
    private const int Enough = 200;   // newcomers, to take the next for one

    [Fact]
    public async Task A_store_in_the_process_is_looked_into_for_whom_it_does_not_have_at_hand()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await NearAsync(trial);

        Assert.True(await AllowsAsync(server));
        Assert.Equal("ls", calls.Take());
        calls.Recalls = true;
        Assert.True(await AllowsAsync(server));
        Assert.True(await AllowsAsync(server));
        Assert.False(await AllowsAsync(server));

        Assert.Equal("ss", calls.Take());
    }

    [Fact]
    public async Task Where_nearly_all_are_new_nobody_is_looked_for_and_whoever_is_not_is_dealt_with_as_exactly()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await NearAsync(trial);
        Assert.True(await AllowsAsync(server));
        for (int person = 0; person < Enough; person++)
        {
            Assert.True(await AllowsAsync(server, $"new-{person}"));
        }

        calls.Take();
        Assert.True(await AllowsAsync(server, "grace"));
        Assert.Equal("s", calls.Take());
        Assert.True(await AllowsAsync(server));
        Assert.Equal("cs", calls.Take());
        Assert.True(await AllowsAsync(server));
        calls.Take();
        Assert.False(await AllowsAsync(server));

        Assert.Equal("c", calls.Take());
    }

    [Fact]
    public async Task Where_they_are_met_again_they_are_looked_for_again()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await NearAsync(trial);
        for (int round = 0; round < 2; round++)
        {
            for (int person = 0; person < Enough; person++)
            {
                Assert.True(await AllowsAsync(server, $"p{person}"));
            }
        }

        calls.Take();
        Assert.True(await AllowsAsync(server));

        Assert.Equal("ls", calls.Take());
    }

    [Fact]
    public async Task Of_a_batch_those_who_are_not_at_hand_are_looked_for_together()
    {
        await using TrialEngine trial = await StartAsync();
        (ThrottleEngine server, CountedStore calls) = await NearAsync(trial);
        Assert.True(await AllowsAsync(server));
        calls.Take();
        calls.Recalls = true;

        await server.Batches.ReserveAsync(
            [new(Draft(person: "ada")), new(Draft(person: "bob")), new(Draft(person: "cy"))], Cancellation);

        Assert.Equal("llsss", calls.Take());
    }

    private static async Task<(ThrottleEngine Server, CountedStore Calls)> NearAsync(TrialEngine trial)
    {
        CountedStore near = new(trial.Records, trial.Journal) { IsInProcess = true };
        ThrottleEngine server = await trial.SecondAsync(near, near);
        near.Take();
        return (server, near);
    }

    private static async Task<bool> AllowsAsync(ThrottleEngine server, string person = "ada")
    {
        ReserveResult made = await server.Throttler.ReserveAsync(
            null, Draft(person: person), null, null, null, Cancellation);
        return made.Verdict.Decision is Decision.Allowed;
    }
}
