namespace Grpc.Core;

/// <summary>Sends every call that names no host to one and the same.</summary>
internal sealed class HostCallInvoker(CallInvoker invoker, string hostOfAll) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        invoker.BlockingUnaryCall(method, host ?? hostOfAll, options, request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        invoker.AsyncUnaryCall(method, host ?? hostOfAll, options, request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        invoker.AsyncServerStreamingCall(method, host ?? hostOfAll, options, request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        invoker.AsyncClientStreamingCall(method, host ?? hostOfAll, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        invoker.AsyncDuplexStreamingCall(method, host ?? hostOfAll, options);
}
