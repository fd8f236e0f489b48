using System.Text.Json;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Tests.Pools;
using H2H.Throttle.Engine.Records;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Merging;

public sealed class RightsDeskTests
{
    private const string Mail = "email:ada@example.org";

    [Fact]
    public async Task Everything_that_is_kept_is_written_out_with_what_the_journal_has()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await trial.ReservedAsync(Draft() with { Brand = "north \"<é>\"", Address = "ada@example.org" });
        await trial.Consent.OptOutAsync(null, "ada", new Scope(Channel: "phone"), "letter", null, Cancellation);
        await trial.Consent.GrantAsync(null, "ada", new ConsentDraft("news"), null, Cancellation);
        await trial.Engine.People.PlaceHoldAsync(null, "ada", "complaint", "case 7", null, Cancellation);
        await trial.Engine.People.PlaceHoldAsync(null, "ada", "complaint", "case 8", null, Cancellation);
        await trial.ReserveAsync(Draft() with { Topic = "shoes", Channel = "phone" }, "r-7");
        await trial.Consent.OptOutAsync(null, "bob", Scope.Everything, null, null, Cancellation);

        string json = await trial.Engine.Rights.ExportAsync(Mail, null, Cancellation);

        JsonElement all = JsonDocument.Parse(json).RootElement;
        Assert.Equal("north \"<é>\"", all.GetProperty("contacts")[0].GetProperty("brand").GetString());
        Assert.Equal("reserved", all.GetProperty("contacts")[0].GetProperty("state").GetString());
        Assert.Equal("email", all.GetProperty("names")[0].GetProperty("kind").GetString());
        Assert.Equal("letter", all.GetProperty("opt_outs_and_opt_ins")[0].GetProperty("source").GetString());
        Assert.Equal("news", all.GetProperty("consents")[0].GetProperty("name").GetString());
        Assert.Equal(
            """{"hold":"complaint","since":"2026-03-02T09:00:00Z","reason":"case 7"}""",
            JsonSerializer.Serialize(all.GetProperty("held")[0]));
        Assert.Equal("complaint", all.GetProperty("holds")[0].GetString());
        Assert.Equal("shoes", all.GetProperty("refused")[0].GetProperty("topic").GetString());
        Assert.Equal(
            ["address_linked", "opt_out", "consent_given", "hold_placed", "hold_placed"],
            all.GetProperty("journal").EnumerateArray().Select(static fact => fact.GetProperty("kind").GetString()));
        Assert.DoesNotContain("ada", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_erased_is_not_contacted_as_if_they_were_new_and_cannot_be_found()
    {
        await using TrialEngine trial = await StartAsync(
            ThreeAndNoMore.Replace("cap: 3,", "cap: 3, pool: household,", StringComparison.Ordinal));
        await trial.Engine.Pools.JoinAsync(null, "ada", "household", "elm", null, Cancellation);
        await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await trial.ReservedAsync(Draft(person: "eve"));
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        string reserved = await trial.ReservedAsync(Draft(person: "ada"));

        Erasure erasure = await trial.Engine.Rights.EraseAsync(Mail, Suppression.Everything, null, Cancellation);

        Assert.Equal(new Erasure(Names: 2, Contacts: 2), erasure);
        foreach (string name in new[] { "ada", "eve", Mail })
        {
            CheckResult check = await trial.Throttler.CheckAsync(Draft(person: name), null, null, Cancellation);
            Decision.Denied denied = Assert.IsType<Decision.Denied>(check.Verdict.Decision);
            Assert.Equal(ReasonCode.OptedOut, denied.Reasons[0].Code);
            NamedPerson left = await trial.Engine.People.FindAsync(name, Cancellation);
            Assert.Equal(trial.Hasher.Person("ada") == left.Key, name == "ada");   // no name leads to another
            Assert.Empty(left.Names);
            Assert.Empty(left.Person.Ledger.Contacts);
            Assert.Empty(left.Person.Pools);
            Assert.Null(left.Person.Statements.Items[0].Source);
            Assert.Equal(Instant.FromUtc(2026, 3, 2, 0, 0), left.Person.Statements.Items[0].At);
        }

        Assert.Equal(0, (await trial.Engine.Pools.GetAsync("household", "elm", Cancellation)).People);
        RequestException gone = await RefusedAsync(
            trial.Engine.Reservations.ConfirmAsync(null, reserved, null, null, null, Cancellation));
        Assert.Equal(ProblemReason.ReservationUnknown, gone.Problems[0].Reason);
        RequestException parted = await RefusedAsync(trial.Engine.Merges.UndoAsync("eve", null, Cancellation));
        Assert.Equal(ProblemReason.MergeUnknown, parted.Problems[0].Reason);
        IReadOnlyList<JournalEntry> entries = await trial.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal("erased", Assert.Single(entries, static one => one.Fact.Kind == "person_erased").Fact.Subject);
    }

    [Fact]
    public async Task What_the_journal_has_of_before_an_erasure_is_not_told_by_any_name_and_what_comes_later_is()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await trial.Consent.OptOutAsync(null, "eve", new Scope(Channel: "sms"), null, null, Cancellation);
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        await trial.Consent.OptOutAsync(null, Mail, new Scope(Channel: "email"), null, null, Cancellation);
        string[] names = ["ada", "eve", Mail];
        string[] before = ["address_linked", "opt_out", "people_merged", "people_merged", "opt_out"];
        Assert.All(names, name => Assert.Equal(before, ToldOf(trial, name)));

        await trial.Engine.Rights.EraseAsync("eve", Suppression.Everything, null, Cancellation);

        Assert.All(names, name => Assert.Empty(ToldOf(trial, name)));
        foreach (string name in names)
        {
            string json = await trial.Engine.Rights.ExportAsync(name, null, Cancellation);
            Assert.Empty(JsonDocument.Parse(json).RootElement.GetProperty("journal").EnumerateArray());
        }

        trial.Clock.Advance(Duration.FromDays(1));
        await trial.Consent.OptInAsync(null, "ada", Scope.Everything, null, null, Cancellation);
        Assert.Equal(["opt_in"], ToldOf(trial, "ada"));
        Assert.Empty(ToldOf(trial, Mail));
    }

    [Fact]
    public async Task Whoever_comes_back_is_welcome()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Rights.EraseAsync("ada", Suppression.Everything, null, Cancellation);

        await trial.Consent.OptInAsync(null, "ada", Scope.Everything, null, null, Cancellation);

        Assert.True(await trial.AllowsAsync());
    }

    [Fact]
    public async Task What_they_had_opted_out_of_alone_stays_if_that_is_asked_for()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Consent.OptOutAsync(null, "ada", Scope.Everything, "letter", null, Cancellation);
        await trial.Consent.OptInAsync(null, "ada", new Scope(Channel: "sms"), null, null, Cancellation);

        await trial.Engine.Rights.EraseAsync("ada", Suppression.AsSaid, null, Cancellation);
        await trial.Engine.Rights.EraseAsync("bob", Suppression.AsSaid, null, Cancellation);

        Assert.False(await trial.AllowsAsync());
        Assert.True(await trial.AllowsAsync(Draft("sms")));
        Assert.True(await trial.AllowsAsync(Draft(person: "bob")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_erasure_that_is_broken_off_anywhere_is_ended_by_the_next_server(bool before)
    {
        for (int save = 0; save < 30; save++)
        {
            await using TrialEngine trial = await StartAsync();
            await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
            await trial.ReservedAsync(Draft(person: "eve"));
            await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
            await trial.Engine.Pools.JoinAsync(null, "ada", "household", "elm", null, Cancellation);
            int saves = 0;
            WatchedRecords records = new(trial.Records);
            ThrottleEngine dying = await trial.SecondAsync(records: records);
            Task DieAsync(RecordKey key) => ++saves > save
                ? throw new StoreException(StoreFailure.Unavailable, "The server died.")
                : Task.CompletedTask;
            records.BeforeSave = before ? DieAsync : records.BeforeSave;
            records.AfterSave = before ? records.AfterSave : DieAsync;
            bool isBroken = false;
            try
            {
                await dying.Rights.EraseAsync("ada", Suppression.Everything, null, Cancellation);
            }
            catch (StoreException)
            {
                isBroken = true;
            }

            ThrottleEngine next = await trial.SecondAsync();

            NamedPerson[] left = await Task.WhenAll(new[] { "ada", "eve", Mail }.Select(name =>
                next.People.FindAsync(name, Cancellation).AsTask()));
            bool isErased = left[0].Person.Statements.Items.Length > 0;
            Assert.True(isErased || (before ? save <= 1 : save == 0), $"at save {save}");
            Assert.All(left, one => Assert.Equal(isErased, one.Person.Ledger.Contacts.IsEmpty));
            Assert.All(left, one => Assert.Equal(isErased, one.Names.IsEmpty));
            Assert.Equal(
                isErased ? 0 : 1, (await next.Pools.GetAsync("household", "elm", Cancellation)).People);
            if (!isBroken)
            {
                return;
            }
        }

        Assert.Fail("The erasure never ends.");
    }

    private static string[] ToldOf(TrialEngine trial, string person) =>
    [
        .. trial.Engine.Journal.ListAsync(
            new JournalQuery { PersonId = person }, 100, null, oldestFirst: true, Cancellation)
            .AsTask().GetAwaiter().GetResult().Entries.Select(static entry => entry.Fact.Kind),
    ];
}
