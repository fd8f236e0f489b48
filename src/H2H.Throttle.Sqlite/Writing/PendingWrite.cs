using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;

namespace H2H.Throttle.Sqlite.Writing;

/// <summary>A write whose caller waits for an answer.</summary>
/// <remarks>It is awaited itself, once; else a task, and one more that can be cancelled, would be made.</remarks>
internal abstract class PendingWrite<TAnswer>(CancellationToken cancellation)
    : IPendingWrite, IValueTaskSource<TAnswer>
    where TAnswer : notnull
{
    private ManualResetValueTaskSourceCore<TAnswer> waiting = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration giving;
    private int isOver;

    [AllowNull]
    private TAnswer answer;

    public abstract int Bytes { get; }

    /// <summary>
    /// Ends when the write is committed, has failed or is cancelled: in the last case it may yet happen. For the caller
    /// who has enqueued it, once.
    /// </summary>
    public ValueTask<TAnswer> WaitAsync()
    {
        giving = cancellation.UnsafeRegister(
            static (write, cancellation) =>
                ((PendingWrite<TAnswer>)write!).Fail(new OperationCanceledException(cancellation)),
            this);
        return new ValueTask<TAnswer>(this, waiting.Version);
    }

    public bool TryBegin() => !cancellation.IsCancellationRequested;

    public void Apply(WriteSession session) => answer = Write(session);

    public void Complete()
    {
        if (IsFirst())
        {
            waiting.SetResult(answer);
        }
    }

    public void Fail(Exception error)
    {
        if (IsFirst())
        {
            waiting.SetException(error);
        }
    }

    TAnswer IValueTaskSource<TAnswer>.GetResult(short token)
    {
        giving.Unregister();
        return waiting.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<TAnswer>.GetStatus(short token) => waiting.GetStatus(token);

    void IValueTaskSource<TAnswer>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        waiting.OnCompleted(continuation, state, token, flags);

    protected abstract TAnswer Write(WriteSession session);

    /// <summary>Whether the caller has no answer yet: the writer and who gives up may both have one.</summary>
    private bool IsFirst() => Interlocked.Exchange(ref isOver, 1) == 0;
}
