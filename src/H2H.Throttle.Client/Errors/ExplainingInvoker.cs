using Grpc.Core;

namespace H2H.Throttle.Client.Errors;

/// <summary>
/// Makes calls end with <see cref="ThrottleException"/> instead of <see cref="RpcException"/>, and makes unary ones
/// again that an overloaded service refused.
/// </summary>
internal sealed class ExplainingInvoker(CallInvoker inner, int overloadRepeatsMax) : CallInvoker
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
        AskedAgain<TResponse> call = new(
            () => inner.AsyncUnaryCall(method, host, options, request), options, overloadRepeatsMax);
        return new AsyncUnaryCall<TResponse>(
            ExplainAsync(call.ResponseAsync), call.HeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
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
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        // A write to a stream that has ended fails as gRPC has it; the answers explain.
        AsyncDuplexStreamingCall<TRequest, TResponse> call = inner.AsyncDuplexStreamingCall(method, host, options);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            call.RequestStream,
            new ExplainingReader<TResponse>(call.ResponseStream),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

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
