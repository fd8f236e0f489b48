using System.Text;
using System.Text.RegularExpressions;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Rotation;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>What has to be true on every store of bringing everybody under a new identity key.</summary>
public abstract partial class RotationConformance : StoreConformance
{
    private const string Mail = "email:ada@example.org";
    private const string Listed = "+12025550100";

    private const string Policy = """
        policy: rotated
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        rules:
          - { name: registry, when: { channel: phone }, list: { name: dnc, max_age: 31 days } }
          - { name: few, cap: 3, pool: household, in: lifetime }
        """;

    private static readonly byte[] FirstKey = [.. Enumerable.Range(1, IdentityHasher.KeyBytes).Select(i => (byte)i)];
    private static readonly byte[] SecondKey = [.. Enumerable.Range(101, IdentityHasher.KeyBytes).Select(i => (byte)i)];
    private static readonly byte[] ThirdKey = [.. Enumerable.Range(51, IdentityHasher.KeyBytes).Select(i => (byte)i)];

    private readonly ManualClock clock = new(Instant.FromUtc(2026, 3, 2, 9, 0));

    protected static IdentityHasher Before { get; } = new(FirstKey);

    protected static IdentityHasher After { get; } = new([FirstKey, SecondKey]);

    [Fact]
    public async Task Everybody_is_known_by_every_name_under_the_new_key_and_no_old_hash_is_left()
    {
        ThrottleEngine old = await OpenAsync(Trial, Before);
        await FillAsync(old);
        string[] names = ["ada", Mail, "eve", "bob", "cal", "dan"];
        string[] exported = await ExportAsync(old, names);
        await using ITrialStore target = await StartAsync();

        await RotateAsync(Trial, target, Before, After);

        ThrottleEngine rotated = await OpenAsync(target, After);
        Assert.Equal(exported, await ExportAsync(rotated, names));
        string[] hashes =
        [
            .. names.Select(static name => Before.Person(name).Text),
            Before.PersonAt("ada@example.org").Text,
            Before.Address("ada@example.org"),
            Before.Pool("household", "elm").Text,
            Before.Request("first"),
        ];
        await foreach (KeptRecord kept in PortsOf(target).ListAsync(Cancellation))
        {
            string text = $"{kept.Key} {Encoding.Latin1.GetString(kept.Value.Span)}";
            Assert.DoesNotContain(hashes, hash => text.Contains(hash, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_was_said_reserved_listed_merged_and_signed_before_holds_after()
    {
        ThrottleEngine old = await OpenAsync(Trial, Before);
        (ReserveResult first, string unsubscribe, string page) = await FillAsync(old);
        IReadOnlyList<ulong> listed = [.. old.Lists.Export("dnc").Hashes.SelectMany(static piece => piece)];
        await using ITrialStore target = await StartAsync();
        await RotateAsync(Trial, target, Before, After);
        ThrottleEngine rotated = await OpenAsync(target, After);

        ReserveResult again = await ReserveAsync(rotated, "ada", "first", "ada@example.org");
        ConfirmResult confirmed = await rotated.Reservations.ConfirmAsync(
            null, first.Reservation!.Id.ToString(), null, null, null, Cancellation);
        Link? link = rotated.Own.Read(unsubscribe);

        Assert.Equal(first.Verdict.Id, again.Verdict.Id);
        Assert.Equal(ContactState.Made, confirmed.Contact.Contact.State);
        Assert.NotNull(await rotated.People.FindContactAsync(first.Reservation.Id.ToString(), Cancellation));
        Assert.Equal(After.Person("ada"), link!.Person);
        Assert.Null(rotated.Own.Read(page));
        Assert.Equal(ReasonCode.OptedOut, await WhyNotAsync(rotated, "cal", "email"));
        Assert.Equal(ReasonCode.Listed, await WhyNotAsync(rotated, "new", "phone", Listed));
        Assert.Null(await WhyNotAsync(rotated, "new", "phone", "+12025550199"));
        Assert.Equal(ReasonCode.CapReached, await WhyNotAsync(rotated, "bob", "email"));   // with ada's in the pool
        await rotated.Merges.UndoAsync("eve", null, Cancellation);
        Assert.Single((await rotated.People.GetAsync("eve", Cancellation)).Ledger.Contacts);
        JournalPage told = await rotated.Journal.ListAsync(
            new JournalQuery { PersonId = "cal" }, 10, null, oldestFirst: true, Cancellation);
        Assert.Equal(["opt_out"], told.Entries.Select(static entry => entry.Fact.Kind));
        await ImportAsync(rotated, "copy", Before.Key, [.. listed.Select(static hash => $"hash:{hash:x16}")]);
        Assert.Equal(
            rotated.Lists.Export("dnc").Hashes.SelectMany(static piece => piece),
            rotated.Lists.Export("copy").Hashes.SelectMany(static piece => piece));
    }

    [Fact]
    public async Task The_old_store_is_closed_and_can_be_opened_again_and_a_second_rotation_keeps_everybody()
    {
        await FillAsync(await OpenAsync(Trial, Before));
        await using ITrialStore target = await StartAsync();
        await using ITrialStore third = await StartAsync();
        IdentityHasher last = new([FirstKey, SecondKey, ThirdKey]);

        await RotateAsync(Trial, target, Before, After);
        await RotateAsync(target, third, After, last);

        StoreException closed = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(Trial, Before));
        StoreException other = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(third, After));
        Assert.Equal((StoreFailure.OtherKey, StoreFailure.OtherKey), (closed.Failure, other.Failure));
        Assert.Contains("reopen", closed.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(
            async () => await KeyRotation.ReopenAsync(PortsOf(Trial), After, Cancellation));
        await KeyRotation.ReopenAsync(PortsOf(Trial), Before, Cancellation);
        string[] names = [Mail, "bob", "cal"];
        Assert.Equal(
            await ExportAsync(await OpenAsync(Trial, Before), names),
            await ExportAsync(await OpenAsync(third, last), names));
        Assert.Equal(ReasonCode.OptedOut, await WhyNotAsync(await OpenAsync(third, last), "cal", "email"));
    }

    [Fact]
    public async Task Broken_off_anywhere_it_is_gone_on_with_and_tells_the_journal_once()
    {
        ThrottleEngine old = await OpenAsync(Trial, Before);
        await FillAsync(old);
        for (int i = 0; i < 30; i++)
        {
            await ReserveAsync(old, $"person {i}", null, null);
        }

        await using ITrialStore target = await StartAsync();
        for (int saves = 0, broken = 1; broken > 0; saves += 7)
        {
            StorePorts failing = PortsOf(target) with { Records = new FailingRecords(target.Records, saves) };
            KeyRotation rotation = new(PortsOf(Trial), failing, Before, After);
            await rotation.CloseAsync(Cancellation);
            try
            {
                await rotation.CopyAsync(Trial.Now, new TransferTally(), Cancellation);
                broken = 0;
            }
            catch (StoreException)
            {
                broken++;
            }
        }

        Assert.Empty(await new KeyRotation(PortsOf(Trial), PortsOf(target), Before, After)
            .VerifyAsync(Trial.Now, new TransferTally(), Cancellation));
        IReadOnlyList<JournalEntry> entries = await target.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal("identity_key_rotated", Assert.Single(entries, static e => e.Fact.Subject == "identity-key")
            .Fact.Kind);
    }

    protected async Task RotateAsync(
        ITrialStore from, ITrialStore to, IdentityHasher before, IdentityHasher after)
    {
        KeyRotation rotation = new(PortsOf(from), PortsOf(to), before, after);
        await rotation.CloseAsync(Cancellation);
        await rotation.CopyAsync(from.Now, new TransferTally(), Cancellation);
        Assert.Empty(await rotation.VerifyAsync(from.Now, new TransferTally(), Cancellation));
    }

    protected Task<ThrottleEngine> OpenAsync(ITrialStore store, IdentityHasher hasher) => ThrottleEngine.OpenAsync(
        store.Records,
        store.Journal,
        hasher,
        new ThrottleOptions(),
        Policy,
        clock,
        NullLoggerFactory.Instance,
        Cancellation);

    /// <summary>All of a store, to be copied.</summary>
    protected abstract StorePorts PortsOf(ITrialStore store);

    /// <summary>Null: it is allowed.</summary>
    protected static async Task<ReasonCode?> WhyNotAsync(
        ThrottleEngine engine, string person, string channel, string? address = null)
    {
        ContactDraft draft = new()
        {
            PersonId = person, Channel = channel, Purpose = "marketing", Address = address,
        };
        CheckResult check = await engine.Throttler.CheckAsync(draft, null, null, Cancellation);
        return (check.Verdict.Decision as Decision.Denied)?.Reasons[0].Code;
    }

    /// <summary>Somebody of every sort: linked, merged, in a pool, opted out, on a list, with links.</summary>
    private static async Task<(ReserveResult First, string Unsubscribe, string Page)> FillAsync(ThrottleEngine engine)
    {
        await engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await engine.Pools.JoinAsync(null, "ada", "household", "elm", null, Cancellation);
        await engine.Pools.JoinAsync(null, "bob", "household", "elm", null, Cancellation);
        ReserveResult first = await ReserveAsync(engine, "ada", "first", "ada@example.org");
        await ReserveAsync(engine, "ada", "second", "ada@example.org");
        await ReserveAsync(engine, "eve", "third", null);
        await engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        await engine.Consent.OptOutAsync("out", "cal", Scope.Everything, "letter", null, Cancellation);
        await engine.Consent.OptOutAsync(null, "dan", new Scope(Brand: "north"), null, null, Cancellation);
        await engine.Rights.EraseAsync("dan", Suppression.AsSaid, null, Cancellation);
        await ImportAsync(engine, "dnc", null, Listed, "+12025550101", "zoe@example.org");
        return (
            first,
            engine.Own.Sign(LinkUse.Unsubscribe, "ada", new Scope(Channel: "email"), null).Token,
            engine.Own.Sign(LinkUse.Page, "ada", Scope.Everything, null).Token);
    }

    private static async Task ImportAsync(ThrottleEngine engine, string list, string? keyId, params string[] lines)
    {
        ImportDraft draft = new()
        {
            ImportId = list, List = list, AsOf = Instant.FromUtc(2026, 3, 1, 0, 0), KeyId = keyId,
        };
        ListImport import = await engine.Lists.ImportAsync(draft, Cancellation);
        await import.AddAsync(1, lines, Cancellation);
        await import.FinishAsync(new ImportEnd(lines.Length), Cancellation);
    }

    private static async Task<ReserveResult> ReserveAsync(
        ThrottleEngine engine, string person, string? request, string? address)
    {
        ContactDraft draft = new() { PersonId = person, Channel = "email", Purpose = "marketing", Address = address };
        return await engine.Throttler.ReserveAsync(request, draft, null, null, null, Cancellation);
    }

    /// <summary>All that is kept of each, but for the keys of people and pools, and ids that begin with one.</summary>
    private static async Task<string[]> ExportAsync(ThrottleEngine engine, string[] names)
    {
        List<string> exported = [];
        foreach (string name in names)
        {
            string json = await engine.Rights.ExportAsync(name, null, Cancellation);
            exported.Add(Keys().Replace(json, ""));
        }

        return [.. exported];
    }

    [GeneratedRegex("\"([a-z]+_(key|hash)|contact_id)\": ?\"[^\"]*\"")]
    private static partial Regex Keys();

    /// <summary>Saves so many times, and then as a store does that is gone.</summary>
    private sealed class FailingRecords(IRecordStore records, int savesMax) : IRecordStore
    {
        private int saves;

        public ValueTask<H2H.Throttle.Engine.Records.Record> LoadAsync(
            RecordKey key, CancellationToken cancellation) => records.LoadAsync(key, cancellation);

        public ValueTask<SaveResult> TrySaveAsync(
            RecordKey key,
            RecordVersion expected,
            ReadOnlyMemory<byte> value,
            Instant? expires,
            CancellationToken cancellation) => Interlocked.Increment(ref saves) <= savesMax
                ? records.TrySaveAsync(key, expected, value, expires, cancellation)
                : throw new StoreException(StoreFailure.Unavailable, "It is gone.");

        public IAsyncEnumerable<KeyValuePair<RecordKey, H2H.Throttle.Engine.Records.Record>> ScanAsync(
            string kind, string? afterId, CancellationToken cancellation) =>
            records.ScanAsync(kind, afterId, cancellation);
    }
}
