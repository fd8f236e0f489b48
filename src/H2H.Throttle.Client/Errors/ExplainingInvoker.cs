using Grpc.Core;

namespace H2H.Throttle.Client.Errors;

/// <summary>
/// Makes calls, but for bidirectional ones, end with <see cref="ThrottleException"/> instead
/// of <see cref="RpcException"/>.
/// </summary>
internal sealed class ExplainingInvoker(CallInvoker inner) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        try
        {
            return inner.BlockingUnaryCall(method, host, options, request);
        }
        catch (RpcException error)
        {
            throw ErrorWire.Read(error);
        }
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        AsyncUnaryCall<TResponse> call = inner.AsyncUnaryCall(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(
            ExplainAsync(call.ResponseAsync),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        AsyncServerStreamingCall<TResponse> call = inner.AsyncServerStreamingCall(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(
            new ExplainingReader<TResponse>(call.ResponseStream),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        // A write to a stream that has ended fails as gRPC has it; the answer is what explains.
        AsyncClientStreamingCall<TRequest, TResponse> call = inner.AsyncClientStreamingCall(method, host, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            call.RequestStream,
            ExplainAsync(call.ResponseAsync),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncDuplexStreamingCall(method, host, options);

    private static async Task<TResponse> ExplainAsync<TResponse>(Task<TResponse> response)
    {
        try
        {
            return await response.ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            throw ErrorWire.Read(error);
        }
    }
}
