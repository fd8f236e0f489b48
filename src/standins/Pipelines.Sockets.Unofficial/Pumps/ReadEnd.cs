using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>The caller's end of the pipe that receives. One thread reads; any may complete it meanwhile.</summary>
/// <remarks>
/// From the start of a read until <see cref="AdvanceTo(SequencePosition, SequencePosition)"/> the buffer is in use. To
/// complete the pipe would give its memory back to a pool that others take from, so that waits for the end of the use.
/// </remarks>
internal sealed class ReadEnd(PipeReader pipe) : PipeReader
{
    private const int Free = 0;
    private const int InUse = 1;
    private const int CompleteAfterUse = 2;
    private const int Completed = 3;

    private int state;
    private Exception? reason;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        pipe.AdvanceTo(consumed, examined);
        Release();
    }

    public override void CancelPendingRead() => pipe.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        reason = exception;
        if (Interlocked.CompareExchange(ref state, CompleteAfterUse, InUse) == InUse)
        {
            pipe.CancelPendingRead();   // whoever still waits for bytes comes back, advances, and so completes
        }
        else if (Interlocked.CompareExchange(ref state, Completed, Free) == Free)
        {
            pipe.Complete(exception);
        }
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        Use();
        return pipe.ReadAsync(cancellationToken);
    }

    public override bool TryRead(out ReadResult result)
    {
        Use();
        if (pipe.TryRead(out result))
        {
            return true;
        }

        Release();
        return false;
    }

    private void Use()
    {
        int before = Interlocked.CompareExchange(ref state, InUse, Free);
        if (before >= CompleteAfterUse)
        {
            throw new InvalidOperationException("The connection has been given up.");
        }
    }

    private void Release()
    {
        if (Interlocked.CompareExchange(ref state, Free, InUse) == CompleteAfterUse
            && Interlocked.CompareExchange(ref state, Completed, CompleteAfterUse) == CompleteAfterUse)
        {
            pipe.Complete(reason);
        }
    }
}
