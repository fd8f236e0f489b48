using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing.Conformance;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Redis.Tests;

/// <summary>A store under keys of its own in a Redis that it may share. Its time is the real one.</summary>
internal sealed class RedisTrialStore : ITrialStore
{
    private const int StoreTimeoutMs = 20_000;   // a machine under all tests at once may take long

    private readonly RedisOptions options;
    private RedisStore store;

    private RedisTrialStore(RedisOptions options, RedisStore store) => (this.options, this.store) = (options, store);

    public IRecordStore Records => store.Records;

    public IJournal Journal => store.Journal;

    public StorePorts Ports => new(store.Records, store.Catalog, store.Journal);

    public Instant Now => SystemClock.Instance.GetCurrentInstant();

    public Duration ShortLife { get; } = Duration.FromMilliseconds(700);

    /// <param name="address">Of Redis.</param>
    /// <param name="journalPartEntries">How many entries fill a part of the journal; null: as many as usual.</param>
    public static async ValueTask<ITrialStore> StartAsync(string address, int? journalPartEntries = null)
    {
        RedisOptions options = OptionsFor(address);
        options.JournalPartEntries = journalPartEntries ?? options.JournalPartEntries;
        return new RedisTrialStore(options, await OpenAsync(options));
    }

    public static RedisOptions OptionsFor(string address) => new()
    {
        Configuration = address,
        KeyPrefix = $"trial-{Guid.NewGuid():N}:",
        StoreTimeoutMs = StoreTimeoutMs,
    };

    public static Task<RedisStore> OpenAsync(RedisOptions options) =>
        RedisStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>Waits: the store goes by the clock of Redis.</summary>
    public async ValueTask AdvanceAsync(Duration by) =>
        await Task.Delay((by + Duration.FromMilliseconds(20)).ToTimeSpan());

    public async ValueTask ReopenAsync()
    {
        await store.DisposeAsync();
        store = await OpenAsync(options);
    }

    public ValueTask CloseAsync() => store.DisposeAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
