using Grpc.Core;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Access;

/// <summary>The messages of a caller's stream, each checked as a call of its own would be.</summary>
/// <remarks>Keys are revoked and tokens end while a stream is open: what comes after that is refused.</remarks>
internal sealed class CheckedStream<T>(
    IAsyncStreamReader<T> inner, Doorkeeper doorkeeper, Caller? caller, ServerCallContext call)
    : IAsyncStreamReader<T>
    where T : class
{
    public T Current => inner.Current;

    /// <exception cref="RefusedException">The caller may not say what it said.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await HasNextAsync(cancellationToken))
        {
            return false;
        }

        if (caller is not null)
        {
            await doorkeeper.RecheckAsync(call);
        }

        await doorkeeper.WaitAsync(caller, Current, cancellationToken);
        await doorkeeper.CheckBrandsAsync(caller, Current, cancellationToken);
        return true;
    }

    private async Task<bool> HasNextAsync(CancellationToken cancellation)
    {
        try
        {
            return await inner.MoveNext(cancellation);
        }
        catch (IOException)
        {
            throw CallErrors.OfCancellation(call);   // the caller broke off; the call is told of it a moment later
        }
    }
}
