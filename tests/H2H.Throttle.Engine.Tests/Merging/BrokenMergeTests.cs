using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Tests.Pools;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Merging;

/// <summary>A server dies while people are joined or parted: at every save, before it and just after it.</summary>
public sealed class BrokenMergeTests
{
    private const int SavesMax = 40;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_merge_that_is_broken_off_anywhere_loses_nothing_and_counts_nothing_twice(bool before)
    {
        for (int save = 0; save < SavesMax; save++)
        {
            await using TrialEngine trial = await StartedAsync();

            bool isBroken = await BreakAsync(
                trial, save, before, engine => engine.Merges.MergeAsync("eve", "ada", null, Cancellation).AsTask());

            // Another server is asked at once, by either name.
            await trial.ReservedAsync(Draft("phone", person: "eve"));
            Assert.Equal(4, await CountAsync(trial, isJoined: null));
            await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
            Assert.Equal(4, await CountAsync(trial, isJoined: true));
            Assert.Equal(2, (await trial.FactsAsync()).Count(static fact => fact == "people_merged"));
            await trial.Engine.Merges.UndoAsync("eve", null, Cancellation);
            Assert.Equal(4, await CountAsync(trial, isJoined: false));
            if (!isBroken)
            {
                Assert.True(save > 5, "A merge takes more saves than that.");
                return;
            }
        }

        Assert.Fail("The merge never ends.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_undoing_that_is_broken_off_anywhere_loses_nothing_and_counts_nothing_twice(bool before)
    {
        for (int save = 0; save < SavesMax; save++)
        {
            await using TrialEngine trial = await StartedAsync();
            await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);

            bool isBroken = await BreakAsync(
                trial, save, before, engine => engine.Merges.UndoAsync("eve", null, Cancellation).AsTask());

            await trial.ReservedAsync(Draft("phone", person: "eve"));
            Assert.Equal(4, await CountAsync(trial, isJoined: null));
            if (!isBroken)
            {
                return;
            }
        }

        Assert.Fail("The undoing never ends.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_that_is_broken_off_anywhere_is_made_by_repeating_it(bool before)
    {
        const string Mail = "email:ada@example.org";
        for (int save = 0; save < SavesMax; save++)
        {
            await using TrialEngine trial = await StartedAsync();

            bool isBroken = await BreakAsync(
                trial, save, before, engine => engine.Addresses.LinkAsync("ada", Mail, null, Cancellation).AsTask());

            await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
            await trial.ReservedAsync(Draft("phone", person: Mail));
            Assert.Equal(2, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);
            Assert.Single((await trial.Engine.People.FindAsync("ada", Cancellation)).Names);
            Assert.Single(await trial.FactsAsync(), static fact => fact == "address_linked");
            if (!isBroken)
            {
                return;
            }
        }

        Assert.Fail("The link never ends.");
    }

    private static async Task<TrialEngine> StartedAsync()
    {
        TrialEngine trial = await StartAsync(
            ThreeAndNoMore.Replace("cap: 3,", "cap: 9, pool: household,", StringComparison.Ordinal));
        await trial.Engine.Pools.JoinAsync(null, "eve", "household", "elm", null, Cancellation);
        await trial.ReservedAsync(Draft("email", person: "ada"));
        await trial.ReservedAsync(Draft("email", person: "eve"));
        await trial.ReservedAsync(Draft("sms", person: "eve"));
        return trial;
    }

    /// <summary>Lets a server die at its n-th save. False: it came through.</summary>
    private static async Task<bool> BreakAsync(
        TrialEngine trial, int save, bool before, Func<ThrottleEngine, Task> make)
    {
        int saves = 0;
        WatchedRecords records = new(trial.Records);
        ThrottleEngine dying = await trial.SecondAsync(records: records);
        Task DieAsync(RecordKey key) => Interlocked.Increment(ref saves) > save
            ? throw new StoreException(StoreFailure.Unavailable, "The server died.")
            : Task.CompletedTask;
        records.BeforeSave = before ? DieAsync : records.BeforeSave;
        records.AfterSave = before ? records.AfterSave : DieAsync;
        try
        {
            await make(dying);
            return false;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    /// <summary>All contacts of the two, each of them once; null: whether they are one is open.</summary>
    private static async Task<int> CountAsync(TrialEngine trial, bool? isJoined)
    {
        Engine.Merging.NamedPerson ada = await trial.Engine.People.FindAsync("ada", Cancellation);
        Engine.Merging.NamedPerson eve = await trial.Engine.People.FindAsync("eve", Cancellation);
        bool isOne = ada.Key == eve.Key;
        Assert.True(isJoined is null || isJoined == isOne);
        Person[] people = isOne ? [ada.Person] : [ada.Person, eve.Person];
        LedgerContact[] all = [.. people.SelectMany(static person => person.Ledger.Contacts)];
        Assert.Single(eve.Person.Pools);
        Engine.Pools.KnownPool pool = await trial.Engine.Pools.GetAsync("household", "elm", Cancellation);
        Assert.Equal((1, eve.Person.Ledger.Contacts.Length), (pool.People, pool.Contacts));
        return all.Length;
    }
}
