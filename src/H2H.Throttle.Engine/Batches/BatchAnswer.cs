using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Batches;

/// <summary>What became of one item of a batch.</summary>
/// <param name="Result">Null exactly if there is none.</param>
/// <param name="Failure">
/// Why: a <see cref="RequestException"/> or a <see cref="StoreException"/>; null exactly if there is a result.
/// </param>
public readonly record struct BatchAnswer<T>(T? Result, Exception? Failure)
    where T : class
{
    internal bool IsGiven => Result is not null || Failure is not null;

    internal static BatchAnswer<T> Of(Exception failure) => new(null, failure);
}
