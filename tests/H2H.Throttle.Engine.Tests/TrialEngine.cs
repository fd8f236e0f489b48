using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Engine.Tests;

/// <summary>An engine over the embedded store in a folder of its own, with a clock that is moved by hand.</summary>
internal sealed class TrialEngine : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    public const string ThreeAndNoMore = """
        policy: trial
        zone: UTC
        channels: [email, sms, phone]
        purposes:
          marketing: {}
          service: { capped: false, counted: false }
          confirmation: { capped: false, opt_out: ignored }
        unconfirmed: { default: count, phone: release }
        outcomes: [ignored]
        rules:
          - { name: three, cap: 3, in: rolling 24h }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string seed;
    private SqliteStore store;

    private TrialEngine(string seed)
    {
        this.seed = seed;
        store = Open();
    }

    public ManualClock Clock { get; } = new(Start);

    public ThrottleOptions Options { get; } = new();

    public IdentityHasher Hasher { get; } = new(new byte[IdentityHasher.KeyBytes]);

    public ThrottleEngine Engine { get; private set; } = null!;

    public Throttler Throttler => Engine.Throttler;

    public ConsentDesk Consent => Engine.Consent;

    public IRecordStore Records => store.Records;

    public IJournal Journal => store.Journal;

    public StorePorts Ports => new(store.Records, store.Catalog, store.Journal);

    public static async Task<TrialEngine> StartAsync(string seed = ThreeAndNoMore)
    {
        TrialEngine trial = new(seed);
        trial.Engine = await trial.SecondAsync();
        return trial;
    }

    /// <summary>Another engine over the same stores, as another process would have it.</summary>
    public Task<ThrottleEngine> SecondAsync(IJournal? journal = null, IRecordStore? records = null) =>
        ThrottleEngine.OpenAsync(
        records ?? Records, journal ?? Journal, Hasher, Options, seed, Clock, NullLoggerFactory.Instance, Cancellation);

    /// <summary>The same, but it has not looked at the stores yet.</summary>
    public ThrottleEngine Unready(IJournal journal, IRecordStore records, IdentityHasher? hasher = null) =>
        ThrottleEngine.Create(
            records, journal, hasher ?? Hasher, Options, seed, Clock, NullLoggerFactory.Instance);

    /// <summary>Ends the engine and starts it again on the same file.</summary>
    public async Task RestartAsync()
    {
        await store.DisposeAsync();
        store = Open();
        Engine = await SecondAsync();
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static ContactDraft Draft(string channel = "email", string purpose = "marketing", string person = "ada") =>
        new() { PersonId = person, Channel = channel, Purpose = purpose };

    public ValueTask<ReserveResult> ReserveAsync(ContactDraft? draft = null, string? requestId = null,
        Duration? lives = null) =>
        Throttler.ReserveAsync(requestId, draft ?? Draft(), lives, null, null, Cancellation);

    public async Task<bool> AllowsAsync(ContactDraft? draft = null) =>
        (await Throttler.CheckAsync(draft ?? Draft(), null, null, Cancellation)).Verdict.Decision is Decision.Allowed;

    public async Task<string> ReservedAsync(ContactDraft? draft = null) =>
        (await ReserveAsync(draft)).Reservation!.Id.ToString();

    /// <summary>What the store holds of a person, to the byte.</summary>
    public async Task<byte[]> BytesAsync(string person = "ada")
    {
        H2H.Throttle.Engine.Records.Record record = await Records.LoadAsync(
            new RecordKey("person", Hasher.Person(person).Text), Cancellation);
        return record.Value.ToArray();
    }

    public async Task<IReadOnlyList<string>> FactsAsync()
    {
        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        return [.. entries.Select(static entry => entry.Fact.Kind)];
    }

    public static async Task<RequestException> RefusedAsync<T>(ValueTask<T> call) =>
        await Assert.ThrowsAsync<RequestException>(async () => await call);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private SqliteStore Open() => SqliteStore.Open(new SqliteOptions { Path = folder.File("trial.db") }, Clock);
}
