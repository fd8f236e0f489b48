using Grpc.Core;
using Grpc.Core.Interceptors;

namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>Notes on every call its kind: for the service in the user state, for the caller in a trailer.</summary>
public sealed class NotingInterceptor : Interceptor
{
    public const string Trailer = "x-intercepted";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Note("unary", context);
        return base.UnaryServerHandler(request, context, continuation);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note("client stream", context);
        return base.ClientStreamingServerHandler(requestStream, context, continuation);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note("server stream", context);
        return base.ServerStreamingServerHandler(request, responseStream, context, continuation);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note("both streams", context);
        return base.DuplexStreamingServerHandler(requestStream, responseStream, context, continuation);
    }

    private static void Note(string kind, ServerCallContext context)
    {
        context.UserState[typeof(NotingInterceptor)] = kind;
        context.ResponseTrailers.Add(Trailer, kind);
    }
}
