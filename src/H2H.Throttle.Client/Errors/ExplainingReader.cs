using Grpc.Core;

namespace H2H.Throttle.Client.Errors;

/// <summary>
/// Makes a stream of answers end with <see cref="ThrottleException"/> instead of <see cref="RpcException"/>.
/// </summary>
internal sealed class ExplainingReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    public T Current => inner.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await inner.MoveNext(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            throw ErrorWire.Read(error);
        }
    }
}
