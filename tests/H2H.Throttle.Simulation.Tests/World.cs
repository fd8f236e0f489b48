using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>Two servers over one store with bad lines to it, and a clock that all of them see.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Policy = """
        policy: simulated
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        unconfirmed: { default: count, phone: release }
        rules:
          - { name: rolling, cap: 3, in: rolling 6h }
          - { name: day, cap: 4, in: calendar day }
          - { name: days, cap: 7, in: last 3 days }
          - { name: campaign, cap: 5, in: lifetime, per: [campaign] }
          - { name: weight, cap: 9, in: rolling 24h, weighted: true }
          - { name: breath, gap: rolling 10m }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly Func<double> dice;
    private readonly string policy;
    private SqliteStore store;

    public World(Func<double> dice, string policy = Policy)
    {
        (this.dice, this.policy) = (dice, policy);
        store = Open();
    }

    public ManualClock Clock { get; } = new(Instant.FromUtc(2026, 3, 27, 8, 0));

    /// <summary>Their lines to the store are bad.</summary>
    public ThrottleEngine[] Servers { get; private set; } = [];

    /// <summary>Its line to the store is good: for looking at what is there.</summary>
    public ThrottleEngine Observer { get; private set; } = null!;

    public SqliteStore Store => store;

    public async Task StartAsync(CancellationToken cancellation)
    {
        Observer = await EngineAsync(store.Records, cancellation);
        Servers = [await UnreliableAsync(cancellation), await UnreliableAsync(cancellation)];
    }

    public async Task RestartAsync(CancellationToken cancellation)
    {
        await store.DisposeAsync();
        store = Open();
        await StartAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private SqliteStore Open() => SqliteStore.Open(new SqliteOptions { Path = folder.File("world.db") }, Clock);

    private async Task<ThrottleEngine> UnreliableAsync(CancellationToken cancellation)
    {
        UnreliableRecords line = new(store.Records, dice);
        ThrottleEngine server = await EngineAsync(line, cancellation);
        line.IsBad = true;
        return server;
    }

    private Task<ThrottleEngine> EngineAsync(IRecordStore records, CancellationToken cancellation) =>
        ThrottleEngine.OpenAsync(
        records,
        store.Journal,
        new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
        new ThrottleOptions(),
        policy,
        Clock,
        NullLoggerFactory.Instance,
        cancellation);
}
