using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Redis.Journals;

/// <summary>Facts of one caller, on their way into the journal.</summary>
internal sealed class PendingAppend(JournalFact[] facts, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<long> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<JournalFact> Facts => facts;

    /// <summary>The position of the last fact.</summary>
    public Task<long> Done => done.Task;

    public bool IsGivenUp => cancellation.IsCancellationRequested;

    public void Succeed(IReadOnlyDictionary<string, long> positions) => done.TrySetResult(positions[facts[^1].Id]);

    public void Fail(Exception error)
    {
        done.TrySetException(error);
        _ = done.Task.Exception;   // seen, even if the caller has left
    }
}
