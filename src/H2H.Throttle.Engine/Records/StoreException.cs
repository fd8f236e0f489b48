namespace H2H.Throttle.Engine.Records;

/// <summary>The store failed: what could not be done, and what an operator can do about it.</summary>
/// <remarks>Never carries a person's id or address.</remarks>
public sealed class StoreException : Exception
{
    public StoreException(StoreFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public StoreFailure Failure { get; }
}
