using Grpc.Core;
using Grpc.Core.Interceptors;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Overload;
using H2H.Throttle.Server.Telemetry;

namespace H2H.Throttle.Server.Errors;

/// <summary>
/// Stands before every call, by gRPC and by HTTP: the one place where callers are let in, and where what goes wrong
/// becomes a status.
/// </summary>
internal sealed class CallGuard(CallGate gate, Doorkeeper doorkeeper, AskQueue asks, CallErrors errors) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        bool entered = false;
        int questions = 0;
        CallMeter.Name(context.Method);
        try
        {
            gate.Enter();
            entered = true;
            Caller? caller = await doorkeeper.AdmitAsync(context);
            doorkeeper.TakeMore(caller, request);
            await doorkeeper.CheckBrandsAsync(caller, request, context.CancellationToken);
            if (Questions.In(request) is > 0 and int asked)
            {
                await asks.EnterAsync(asked, isPatient: false, context.CancellationToken);
                questions = asked;
            }

            return await continuation(request, context);
        }
        catch (Exception error)
        {
            throw errors.Translate(error, context);
        }
        finally
        {
            if (questions > 0)
            {
                asks.Leave(questions);
            }

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
        CallMeter.Name(context.Method);
        try
        {
            Caller? caller = await doorkeeper.AdmitAsync(context);
            await doorkeeper.CheckBrandsAsync(caller, request, context.CancellationToken);
            await continuation(request, responseStream, context);
        }
        catch (Exception error)
        {
            throw errors.Translate(error, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        CallMeter.Name(context.Method);
        try
        {
            // One call however many messages: they are pieces of one file, taken no faster than they are dealt with.
            await doorkeeper.AdmitAsync(context);
            return await continuation(requestStream, context);
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
        CallMeter.Name(context.Method);
        try
        {
            Caller? caller = await doorkeeper.AdmitAsync(context);
            CheckedStream<TRequest> requests = new(requestStream, doorkeeper, caller, context);
            await continuation(requests, responseStream, context);
        }
        catch (Exception error)
        {
            throw errors.Translate(error, context);
        }
    }
}
