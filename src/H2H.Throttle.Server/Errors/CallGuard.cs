using Grpc.Core;
using Grpc.Core.Interceptors;

namespace H2H.Throttle.Server.Errors;

/// <summary>
/// Stands before every call, by gRPC and by HTTP: the one place where what goes wrong becomes a status.
/// </summary>
internal sealed class CallGuard(CallGate gate, CallErrors errors) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        bool entered = false;
        try
        {
            gate.Enter();
            entered = true;
            return await continuation(request, context);
        }
        catch (Exception error)
        {
            throw errors.Translate(error, context);
        }
        finally
        {
            if (entered)
            {
                gate.Leave();
            }
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception error)
        {
            throw errors.Translate(error, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception error)
        {
            throw errors.Translate(error, context);
        }
    }
}
