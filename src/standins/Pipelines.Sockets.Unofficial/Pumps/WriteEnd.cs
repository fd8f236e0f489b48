using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>The caller's end of the pipe that sends. One thread writes; any may complete it meanwhile.</summary>
/// <remarks>
/// Between <see cref="GetSpan"/> and <see cref="Advance"/> the memory is in use. To complete the pipe could give it
/// back to a pool that others take from, so that waits for the end of the use.
/// </remarks>
internal sealed class WriteEnd(PipeWriter pipe) : PipeWriter
{
    private const int Free = 0;
    private const int InUse = 1;
    private const int CompleteAfterUse = 2;
    private const int Completed = 3;

    private int state;
    private long written;
    private Exception? reason;

    /// <summary>How many bytes were handed over since the start.</summary>
    public long Written => Interlocked.Read(ref written);

    public override bool CanGetUnflushedBytes => pipe.CanGetUnflushedBytes;

    public override long UnflushedBytes => pipe.UnflushedBytes;

    public override void Advance(int bytes)
    {
        pipe.Advance(bytes);
        Interlocked.Add(ref written, bytes);
        if (Interlocked.CompareExchange(ref state, Free, InUse) == CompleteAfterUse
            && Interlocked.CompareExchange(ref state, Completed, CompleteAfterUse) == CompleteAfterUse)
        {
            pipe.Complete(reason);
        }
    }

    public override void CancelPendingFlush() => pipe.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        reason = exception;
        if (Interlocked.CompareExchange(ref state, CompleteAfterUse, InUse) != InUse
            && Interlocked.CompareExchange(ref state, Completed, Free) == Free)
        {
            pipe.Complete(exception);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        pipe.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Use();
        return pipe.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Use();
        return pipe.GetSpan(sizeHint);
    }

    private void Use()
    {
        int before = Interlocked.CompareExchange(ref state, InUse, Free);
        if (before == CompleteAfterUse || before == Completed)
        {
            throw new InvalidOperationException("The connection has been given up.");
        }
    }
}
