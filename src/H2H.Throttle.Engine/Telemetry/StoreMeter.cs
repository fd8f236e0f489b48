using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Times what is asked of the store. Safe from any thread.</summary>
internal sealed class StoreMeter
{
    private static readonly ImmutableArray<double> DurationSeconds =
    [
        1e-6, 1e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ];

    private readonly string store;
    private readonly TimeProvider? time;
    private readonly Histogram<double> duration;
    private long journalPosition;

    public StoreMeter(Meter meter, string store, TimeProvider? time)
    {
        (this.store, this.time) = (store, time);
        duration = meter.CreateHistogram(
            "h2h.throttle.store.duration",
            "s",
            "How long the store took.",
            null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationSeconds });
    }

    public long JournalPosition => Volatile.Read(ref journalPosition);

    /// <summary>Whether somebody wants to know.</summary>
    public bool IsHeard => duration.Enabled || ThrottleTraces.AreHeard;

    /// <summary>What was seen of the journal; keeps the highest.</summary>
    public void Saw(long position)
    {
        long known = JournalPosition;
        while (position > known
            && Interlocked.CompareExchange(ref journalPosition, position, known) is var there && there != known)
        {
            known = there;
        }
    }

    /// <summary>Makes a call to the store, and tells how long it took and how it ended.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="ask">What it is about.</param>
    /// <param name="call">Makes it.</param>
    /// <param name="resultOf">How it ended, in a word.</param>
    public async ValueTask<TAnswer> TimeAsync<TAsk, TAnswer>(
        string operation, TAsk ask, Func<TAsk, ValueTask<TAnswer>> call, Func<TAnswer, string> resultOf)
    {
        using Activity? span = ThrottleTraces.BeginStore(store, operation);
        long began = time!.GetTimestamp();
        string result = "failed";
        try
        {
            TAnswer answer = await call(ask).ConfigureAwait(false);
            result = resultOf(answer);
            return answer;
        }
        catch (StoreException failure)
        {
            result = WordOf(failure.Failure);
            span?.SetStatus(ActivityStatusCode.Error, result);
            throw;
        }
        finally
        {
            duration.Record(
                time.GetElapsedTime(began).TotalSeconds,
                new KeyValuePair<string, object?>("store", store),
                new KeyValuePair<string, object?>("operation", operation),
                new KeyValuePair<string, object?>("result", result));
        }
    }

    private static string WordOf(StoreFailure failure) => failure switch
    {
        StoreFailure.Unavailable => "unavailable",
        StoreFailure.Full => "full",
        StoreFailure.ReadOnly => "read_only",
        StoreFailure.InUse => "in_use",
        StoreFailure.Foreign => "foreign",
        StoreFailure.Newer => "newer",
        StoreFailure.Damaged => "damaged",
        StoreFailure.OtherKey => "other_key",
        _ => throw new UnreachableException(),
    };
}
