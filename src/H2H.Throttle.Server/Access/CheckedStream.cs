using Grpc.Core;
using H2H.Throttle.Engine.Access;

namespace H2H.Throttle.Server.Access;

/// <summary>The messages of a caller's stream, each checked as a call of its own would be.</summary>
internal sealed class CheckedStream<T>(IAsyncStreamReader<T> inner, Doorkeeper doorkeeper, Caller? caller)
    : IAsyncStreamReader<T>
    where T : class
{
    public T Current => inner.Current;

    /// <exception cref="Errors.RefusedException">The caller may not say what it said.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await inner.MoveNext(cancellationToken))
        {
            return false;
        }

        await doorkeeper.WaitAsync(caller, Current, cancellationToken);
        await doorkeeper.CheckBrandsAsync(caller, Current, cancellationToken);
        return true;
    }
}
