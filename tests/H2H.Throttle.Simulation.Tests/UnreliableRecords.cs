using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>
/// The real store behind a bad line: a call is lost on the way there, or its answer on the way back, so that the caller
/// cannot know which.
/// </summary>
internal sealed class UnreliableRecords(IRecordStore inner, Func<double> dice) : IRecordStore
{
    private const double LostThere = 0.03;
    private const double LostBack = 0.03;

    /// <summary>Whether the line is bad already; a server starts while it is good.</summary>
    public bool IsBad { get; set; }

    public async ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        await MayFailAsync(LostThere);
        return await inner.LoadAsync(key, cancellation);
    }

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        await MayFailAsync(LostThere);
        SaveResult result = await inner.TrySaveAsync(key, expected, value, expires, cancellation);
        await MayFailAsync(LostBack);
        return result;
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) => inner.ScanAsync(kind, afterId, cancellation);

    private async ValueTask MayFailAsync(double chance)
    {
        await Task.Yield();
        if (IsBad && dice() < chance)
        {
            throw new StoreException(StoreFailure.Unavailable, "The line was cut.");
        }
    }
}
