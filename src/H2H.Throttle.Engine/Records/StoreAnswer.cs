namespace H2H.Throttle.Engine.Records;

/// <summary>What a store answered to one question of several: a value, or why there is none.</summary>
/// <param name="Value">Null exactly if it failed.</param>
/// <param name="Failure">Null exactly if it did not.</param>
public readonly record struct StoreAnswer<T>(T? Value, StoreException? Failure)
    where T : class
{
    /// <exception cref="StoreException">It failed.</exception>
    public T ValueOrThrow() => Value ?? throw new StoreException(Failure!.Failure, Failure.Message, Failure);
}
