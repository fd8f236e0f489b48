using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Tests.Pools;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Archives;

/// <summary>People who were joined, or being joined when their server died, come back from a backup as such.</summary>
public sealed class MergedPeopleBackupTests
{
    private const int SavesMax = 40;
    private const string Mail = "email:eve@example.org";

    [Fact]
    public async Task People_who_were_joined_are_one_after_a_restore_by_every_name_and_can_be_parted_again()
    {
        await using TrialEngine trial = await StartedAsync();
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        using TemporaryStore restored = new();

        ThrottleEngine engine = await RestoreAsync(trial, restored);

        foreach (string name in (string[])["ada", "eve", Mail])
        {
            Assert.Equal(3, (await engine.People.GetAsync(name, Cancellation)).Ledger.Contacts.Length);
            Assert.IsType<Decision.Denied>((await CheckAsync(engine, name)).Verdict.Decision);
        }

        await engine.Merges.UndoAsync("eve", null, Cancellation);
        Assert.Single((await engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts);
        Assert.Equal(2, (await engine.People.GetAsync(Mail, Cancellation)).Ledger.Contacts.Length);
        Assert.IsType<Decision.Denied>((await CheckAsync(engine, Mail)).Verdict.Decision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_merge_that_was_broken_off_anywhere_can_be_ended_after_a_restore(bool before)
    {
        for (int save = 0; save < SavesMax; save++)
        {
            await using TrialEngine trial = await StartedAsync();
            bool isBroken = await BreakAsync(trial, save, before);
            using TemporaryStore restored = new();

            ThrottleEngine engine = await RestoreAsync(trial, restored);

            // Before anybody ends it: what either said holds, by every name of theirs.
            Assert.IsType<Decision.Denied>((await CheckAsync(engine, "eve")).Verdict.Decision);
            Assert.IsType<Decision.Denied>((await CheckAsync(engine, Mail)).Verdict.Decision);
            await engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
            NamedPerson ada = await engine.People.FindAsync("ada", Cancellation);
            Assert.Equal(3, ada.Person.Ledger.Contacts.Length);
            Assert.Equal(ada.Key, (await engine.People.FindAsync(Mail, Cancellation)).Key);
            Assert.IsType<Decision.Denied>((await CheckAsync(engine, "ada")).Verdict.Decision);
            if (!isBroken)
            {
                Assert.True(save > 5, "A merge takes more saves than that.");
                return;
            }
        }

        Assert.Fail("The merge never ends.");
    }

    /// <summary>Ada has a contact; Eve has two, an address, and said no to e-mail.</summary>
    private static async Task<TrialEngine> StartedAsync()
    {
        TrialEngine trial = await StartAsync(ThreeAndNoMore.Replace("cap: 3,", "cap: 9,", StringComparison.Ordinal));
        await trial.Engine.Addresses.LinkAsync("eve", Mail, null, Cancellation);
        await trial.ReservedAsync(Draft("sms", person: "ada"));
        await trial.ReservedAsync(Draft("sms", person: "eve"));
        await trial.ReservedAsync(Draft("phone", person: Mail));
        await trial.Consent.OptOutAsync(null, "eve", new Scope(Channel: "email"), null, null, Cancellation);
        return trial;
    }

    /// <summary>Through a file, as an operator does; another server over what it gave.</summary>
    private static async Task<ThrottleEngine> RestoreAsync(TrialEngine trial, TemporaryStore restored)
    {
        string path = restored.File("backup");
        await BackupWriter.WriteAsync(trial.Ports, path, new TransferTally(), Cancellation);
        BackupFile backup = await BackupFile.OpenAsync(path, Cancellation);
        await Transfer.IntoAsync(
            backup, restored.Ports, overwrite: false, trial.Clock.Now, new TransferTally(), Cancellation);
        return await trial.SecondAsync(restored.Journal, restored.Records);
    }

    /// <summary>Lets a server die at its n-th save. False: it came through.</summary>
    private static async Task<bool> BreakAsync(TrialEngine trial, int save, bool before)
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
            await dying.Merges.MergeAsync("eve", "ada", null, Cancellation);
            return false;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    private static ValueTask<CheckResult> CheckAsync(ThrottleEngine engine, string person) =>
        engine.Throttler.CheckAsync(Draft("email", person: person), null, null, Cancellation);
}
