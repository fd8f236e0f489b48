using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>The real stores as if they were far away, or near; counts what each call asks of them.</summary>
internal sealed class CountedStore(IRecordStore records, IJournal journal) : IRecordStore, IJournal
{
    private readonly Lock gate = new();
    private string calls = "";

    public bool IsInProcess { get; init; }

    /// <summary>The real store.</summary>
    public IRecordStore Records { get; set; } = records;

    /// <summary>Whether a store that is near has at hand what was saved.</summary>
    public bool Recalls { get; set; }

    /// <summary>Nothing can be reached.</summary>
    public bool IsDown { get; set; }

    /// <summary>The answer to the next save is lost.</summary>
    public bool LosesAnswer { get; set; }

    /// <summary>The next append fails.</summary>
    public bool LosesFacts { get; set; }

    /// <summary>No load is answered before this has ended.</summary>
    public Task Loading { get; set; } = Task.CompletedTask;

    /// <summary>
    /// The calls since this was last asked: l for a load, s for a save that was done, c for one that was refused, j for
    /// the journal, w for a wait until a save is safe.
    /// </summary>
    public string Take()
    {
        lock (gate)
        {
            string taken = calls;
            calls = "";
            return taken;
        }
    }

    public H2H.Throttle.Engine.Records.Record? Recall(RecordKey key) => Recalls ? Records.Recall(key) : null;

    public async ValueTask<H2H.Throttle.Engine.Records.Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        // Lists are looked after in the background, which is no part of any call.
        if (!key.Kind.StartsWith("list-", StringComparison.Ordinal))
        {
            Note('l');
        }

        await Loading;
        return await Records.LoadAsync(key, cancellation);
    }

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        if (IsDown)
        {
            Note('c');
        }

        if (BeforeSave is { } intrude)
        {
            BeforeSave = null;
            await intrude();
        }

        SaveResult result = await Records.TrySaveAsync(key, expected, value, expires, cancellation);
        Note(result is SaveResult.Saved ? 's' : 'c');
        if (LosesAnswer)
        {
            LosesAnswer = false;
            throw new StoreException(StoreFailure.Unavailable, "The line was cut.");
        }

        return result;
    }

    /// <summary>What happens before the next save reaches the store; null: nothing.</summary>
    public Func<Task>? BeforeSave { get; set; }

    /// <summary>What another server does before the next save is secured; null: nothing.</summary>
    public Func<Task>? BeforeSecured { get; set; }

    public async ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation)
    {
        Note('w');
        if (BeforeSecured is { } intrude)
        {
            BeforeSecured = null;
            await intrude();
        }

        return await Records.SecureAsync(key, version, cancellation);
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, H2H.Throttle.Engine.Records.Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) => Records.ScanAsync(kind, afterId, cancellation);

    public ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        Note('j');
        if (LosesFacts)
        {
            LosesFacts = false;
            throw new StoreException(StoreFailure.Unavailable, "The line was cut.");
        }

        return journal.AppendAsync(facts, cancellation);
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(long position, int max, CancellationToken cancellation) =>
        journal.ReadAsync(position, max, cancellation);

    public ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation) =>
        journal.ReadLastAsync(cancellation);

    public IAsyncEnumerable<JournalEntry> WatchAsync(long position, CancellationToken cancellation) =>
        journal.WatchAsync(position, cancellation);

    private void Note(char call)
    {
        lock (gate)   // saves of several people come at once
        {
            calls += call;
        }

        if (IsDown)
        {
            throw new StoreException(StoreFailure.Unavailable, "Nobody is there.");
        }
    }
}
