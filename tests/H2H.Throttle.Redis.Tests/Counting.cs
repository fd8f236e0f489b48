using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Redis.Tests;

/// <summary>
/// One of many who each count a record of their own up, on a store that fails now and then, and believe nothing but
/// what was acknowledged.
/// </summary>
internal sealed class Counting(IRecordStore records, int number)
{
    private readonly RecordKey key = new("person", $"counter-{number}");

    /// <summary>The last count that a save acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>How many calls failed as unavailable.</summary>
    public int Failed { get; private set; }

    /// <summary>Counts on until the count is reached. Every answer must be this counter's own.</summary>
    public async Task CountToAsync(int count, CancellationToken cancellation)
    {
        RecordVersion? version = null;
        int next = 1;
        while (Acknowledged < count)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (version is null)
                {
                    Record current = await records.LoadAsync(key, cancellation);
                    (version, next) = (current.Version, Read(current) + 1);
                    Assert.True(next > Acknowledged, $"{key}: {Acknowledged} was acknowledged, {next - 1} is there.");
                }

                switch (await records.TrySaveAsync(key, version.Value, Write(next), null, cancellation))
                {
                    case SaveResult.Saved saved:
                        (version, Acknowledged) = (saved.Version, next++);
                        break;
                    case SaveResult.Conflict:
                        throw new InvalidOperationException($"{key}: nobody else writes this record.");
                }
            }
            catch (StoreException error) when (error.Failure == StoreFailure.Unavailable)
            {
                Failed++;
                version = null;   // whether it was saved is not known: look
            }
        }
    }

    /// <summary>What is there now: the last that was acknowledged, or one further whose answer was lost.</summary>
    public async Task RequireAsync(CancellationToken cancellation) =>
        Assert.InRange(Read(await records.LoadAsync(key, cancellation)), Acknowledged, Acknowledged + 1);

    private byte[] Write(int count) => [.. BitConverter.GetBytes(number), .. BitConverter.GetBytes(count)];

    private int Read(Record record)
    {
        if (!record.Exists)
        {
            return 0;
        }

        Assert.Equal(number, BitConverter.ToInt32(record.Value.Span));
        return BitConverter.ToInt32(record.Value.Span[sizeof(int)..]);
    }
}
