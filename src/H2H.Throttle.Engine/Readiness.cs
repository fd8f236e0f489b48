using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine;

/// <summary>
/// Whether the stores were found fit to decide by; until then nothing is decided. Safe from any thread.
/// </summary>
internal sealed class Readiness
{
    private volatile StoreException? why = new(
        StoreFailure.Unavailable, "The store has not been reached since the start; the policy is not known yet.");

    public bool IsReady => why is null;

    /// <exception cref="StoreException">They are not.</exception>
    public void Require()
    {
        if (why is { } reason)
        {
            throw new StoreException(reason.Failure, reason.Message, reason);
        }
    }

    public void Found() => why = null;

    /// <summary>
    /// A look failed. What was fit and only cannot be reached stays fit: each call finds out by itself.
    /// </summary>
    public void Failed(StoreException error)
    {
        bool isPassing = error.Failure is StoreFailure.Unavailable or StoreFailure.Full or StoreFailure.ReadOnly;
        if (!isPassing || !IsReady)
        {
            why = error;
        }
    }
}
