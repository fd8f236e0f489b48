using System.Buffers;

namespace H2H.Throttle.Standins.Tests.Pipes;

/// <summary>Lends plain arrays and notes how many were given back.</summary>
internal sealed class NotedPool : MemoryPool<byte>
{
    private int returned;

    public int Returned => Volatile.Read(ref returned);

    public override int MaxBufferSize => int.MaxValue;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Loan(this, int.Max(minBufferSize, 4096));

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Loan(NotedPool pool, int size) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = new byte[size];

        public void Dispose() => Interlocked.Increment(ref pool.returned);
    }
}
