using System.Diagnostics.CodeAnalysis;

namespace H2H.Throttle.Sqlite.Writing;

/// <summary>A write whose caller waits for an answer.</summary>
internal abstract class PendingWrite<TAnswer>(CancellationToken cancellation) : IPendingWrite
    where TAnswer : notnull
{
    private readonly TaskCompletionSource<TAnswer> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [AllowNull]
    private TAnswer answer;

    public abstract int Bytes { get; }

    /// <summary>
    /// Ends when the write is committed, has failed or is cancelled: in the last case it may yet happen.
    /// </summary>
    public Task<TAnswer> Done => done.Task.WaitAsync(cancellation);

    public bool TryBegin() => !cancellation.IsCancellationRequested || !done.TrySetCanceled(cancellation);

    public void Apply(WriteSession session) => answer = Write(session);

    public void Complete() => done.TrySetResult(answer);

    public void Fail(Exception error)
    {
        done.TrySetException(error);
        _ = done.Task.Exception;   // seen, even if the caller has gone
    }

    protected abstract TAnswer Write(WriteSession session);
}
