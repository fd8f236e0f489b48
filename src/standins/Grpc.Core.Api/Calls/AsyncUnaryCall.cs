using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with one request, already sent, and one response.</summary>
/// <remarks>Disposing of it cancels the call if it is still under way, and does nothing if it has ended.</remarks>
public sealed class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly CallState call;

    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync, Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc, Action<object> disposeAction, object state)
    {
        call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
        ResponseAsync = responseAsync;
    }

    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync, Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc, Action disposeAction)
    {
        call = CallState.Of(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
        ResponseAsync = responseAsync;
    }

    /// <summary>Fails with <see cref="RpcException"/> when the call ends with another status than OK.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>Done when the server's headers are here, which may be before its first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => call.ResponseHeadersAsync;

    /// <exception cref="InvalidOperationException">The call has not ended yet.</exception>
    public Status GetStatus() => call.GetStatus();

    /// <exception cref="InvalidOperationException">The call has not ended yet.</exception>
    public Metadata GetTrailers() => call.GetTrailers();

    /// <summary>Lets <c>await call</c> wait for the response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    public void Dispose() => call.Dispose();
}
