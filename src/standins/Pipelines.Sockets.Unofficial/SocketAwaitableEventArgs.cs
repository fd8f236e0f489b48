using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>The arguments of one operation of a socket, which can be awaited. For one awaiter at a time.</summary>
/// <remarks>
/// Whoever starts an operation that ends at once calls <see cref="Complete"/>. An operation that ends after it was
/// given up by <see cref="Abort"/> changes nothing.
/// </remarks>
public sealed class SocketAwaitableEventArgs : SocketAsyncEventArgs, ICriticalNotifyCompletion
{
    private static readonly Action Done = static () => { };

    private readonly PipeScheduler? scheduler;
    private Action? continuation;
    private int abortedBy;

    /// <param name="ioScheduler">Runs who awaits; null: whoever completes the operation does.</param>
    public SocketAwaitableEventArgs(PipeScheduler? ioScheduler = null)
        : base(true) => scheduler = ioScheduler;

    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref continuation), Done);

    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>How many bytes were moved; makes the arguments ready for the next operation.</summary>
    /// <exception cref="SocketException">The operation failed or was given up.</exception>
    public int GetResult()
    {
        SocketError error = (SocketError)Volatile.Read(ref abortedBy);
        if (error == SocketError.Success)
        {
            Volatile.Write(ref continuation, null);
            error = SocketError;
        }

        return error == SocketError.Success ? BytesTransferred : throw new SocketException((int)error);
    }

    /// <summary>Ends the wait with an error, whatever becomes of the operation.</summary>
    public void Abort(SocketError error = SocketError.OperationAborted)
    {
        Interlocked.CompareExchange(ref abortedBy, (int)error, (int)SocketError.Success);
        Complete();
    }

    /// <summary>The operation has ended.</summary>
    public void Complete()
    {
        Action? waiting = Interlocked.Exchange(ref continuation, Done);
        if (waiting is not null && !ReferenceEquals(waiting, Done))
        {
            Run(waiting);
        }
    }

    public void OnCompleted(Action continuation)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref this.continuation, continuation, null), Done))
        {
            Run(continuation);
        }
    }

    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();

    private void Run(Action waiting)
    {
        if (scheduler is null)
        {
            waiting();
        }
        else
        {
            scheduler.Schedule(static state => ((Action)state!)(), waiting);
        }
    }
}
