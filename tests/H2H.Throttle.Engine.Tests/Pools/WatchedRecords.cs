using System.Collections.Concurrent;
using H2H.Throttle.Engine.Records;
using NodaTime;
using Record = H2H.Throttle.Engine.Records.Record;

namespace H2H.Throttle.Engine.Tests.Pools;

/// <summary>A store that notes what is asked of it, and lets a test step in between.</summary>
internal sealed class WatchedRecords(IRecordStore inner) : IRecordStore
{
    public bool IsInProcess { get; init; } = inner.IsInProcess;

    /// <summary>Every call in short: <c>load person</c>, <c>save pool</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Runs before a save of that kind reaches the store; what it throws keeps the save from it.</summary>
    public Func<RecordKey, Task> BeforeSave { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Runs when a save has been done; what it throws loses the answer.</summary>
    public Func<RecordKey, Task> AfterSave { get; set; } = static _ => Task.CompletedTask;

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        Calls.Enqueue($"load {key.Kind}");
        return inner.LoadAsync(key, cancellation);
    }

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        Calls.Enqueue($"save {key.Kind}");
        await BeforeSave(key);
        SaveResult result = await inner.TrySaveAsync(key, expected, value, expires, cancellation);
        await AfterSave(key);
        return result;
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) => inner.ScanAsync(kind, afterId, cancellation);
}
