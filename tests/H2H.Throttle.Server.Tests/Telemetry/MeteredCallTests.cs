using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace H2H.Throttle.Server.Tests.Telemetry;

/// <summary>Being measured costs a decision no memory.</summary>
public sealed class MeteredCallTests : IAsyncLifetime
{
    private const int Calls = 2000;

    private readonly TemporaryStore folder = new();
    private readonly ThrottleMeter meter = new("sqlite", TimeProvider.System);
    private SqliteStore store = null!;
    private ThrottleEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        store = SqliteStore.Open(new SqliteOptions { Path = folder.Path }, TimeProvider.System);
        engine = ThrottleEngine.Create(
            store.Records,
            store.Journal,
            new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
            new ThrottleOptions(),
            TestPolicy.Document,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            meter);
        await engine.RefreshAsync(TestContext.Current.CancellationToken);
        await engine.Throttler.RecordAsync(
            null, Draft, null, null, null, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        meter.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void An_allowed_check_that_is_counted_and_timed_takes_no_more_memory_than_one_that_is_not()
    {
        long unheard = BytesOfCalls();

        using Scrape scrape = new();
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(ThrottleMeter.Name)
            .AddReader(scrape.Reader)
            .Build();
        long heard = BytesOfCalls();

        Assert.InRange(heard, 0, unheard + Calls);   // less than one byte a call
        Assert.InRange(unheard, Calls, long.MaxValue);
    }

    private static ContactDraft Draft => new() { PersonId = "ada", Channel = "email", Purpose = "marketing" };

    private long BytesOfCalls()
    {
        ContactDraft draft = Draft;
        for (int i = 0; i < Calls; i++)
        {
            Check(draft);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            Check(draft);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>All of it on this thread: the record is in memory.</summary>
    private void Check(ContactDraft draft)
    {
        ValueTask<Engine.Contacts.CheckResult> check = engine.Throttler.CheckAsync(
            draft, null, null, TestContext.Current.CancellationToken);
        Assert.True(check.IsCompletedSuccessfully);
    }
}
