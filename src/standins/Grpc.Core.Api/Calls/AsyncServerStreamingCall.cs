namespace Grpc.Core;

/// <summary>A call with one request, already sent, and any number of responses.</summary>
/// <remarks>Disposing of it cancels the call if it is still under way, and does nothing if it has ended.</remarks>
public sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly CallState call;

    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync, Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc, Action<object> disposeAction, object state)
    {
        call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
        ResponseStream = responseStream;
    }

    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync, Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc, Action disposeAction)
    {
        call = CallState.Of(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
        ResponseStream = responseStream;
    }

    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>Done when the server's headers are here, which may be before its first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => call.ResponseHeadersAsync;

    /// <exception cref="InvalidOperationException">The call has not ended yet.</exception>
    public Status GetStatus() => call.GetStatus();

    /// <exception cref="InvalidOperationException">The call has not ended yet.</exception>
    public Metadata GetTrailers() => call.GetTrailers();

    public void Dispose() => call.Dispose();
}
