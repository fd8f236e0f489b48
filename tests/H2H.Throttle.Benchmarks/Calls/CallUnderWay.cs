namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>A call that has begun, and what has come of its answer. Used again for later calls.</summary>
internal sealed class CallUnderWay
{
    private byte[] bytes = new byte[512];

    /// <summary>A timestamp of the system's stopwatch.</summary>
    public long Begun { get; private set; }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Received => bytes.AsSpan(0, Length);

    public void Begin(long at) => (Begun, Length) = (at, 0);

    public void Add(ReadOnlySpan<byte> part)
    {
        if (Length + part.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + part.Length));
        }

        part.CopyTo(bytes.AsSpan(Length));
        Length += part.Length;
    }

    /// <summary>Forgets what came first.</summary>
    public void Drop(int count)
    {
        if (count > 0)
        {
            bytes.AsSpan(count, Length - count).CopyTo(bytes);
        }

        Length -= count;
    }
}
