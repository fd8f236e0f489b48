using Grpc.Core;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Overload;
using H2H.Throttle.Wire;
using Actor = H2H.Throttle.Engine.Access.Actor;

namespace H2H.Throttle.Server.Batches;

/// <summary>Many contacts in one call or stream: what <see cref="Contacts.ThrottleService"/> answers of it.</summary>
internal sealed class BatchCalls(
    ItemCalls items, AskQueue asks, StreamRoom room, IHostApplicationLifetime lifetime)
{
    public async Task<BatchCheckResponse> CheckAsync(BatchCheckRequest request, ServerCallContext context)
    {
        ItemCalls.RequireCount(request.Items);
        BatchCheckResponse response = new();
        response.Results.AddRange(
            await items.CheckAsync(request.Items, Doorkeeper.CallerOf(context), context.CancellationToken));
        return response;
    }

    public async Task<BatchReserveResponse> ReserveAsync(BatchReserveRequest request, ServerCallContext context)
    {
        ItemCalls.RequireCount(request.Items);
        BatchReserveResponse response = new();
        response.Results.AddRange(
            await items.ReserveAsync(
                request.Items, Doorkeeper.CallerOf(context), context.Actor(), context.CancellationToken));
        return response;
    }

    public Task CheckAsync(
        IAsyncStreamReader<StreamCheckRequest> requests,
        IServerStreamWriter<StreamCheckResponse> responses,
        ServerCallContext context)
    {
        Caller caller = Doorkeeper.CallerOf(context);
        ItemStream<CheckItem, CheckItemResult> stream = new(
            static item => item.Contact?.PersonId,
            (round, ending) => InTurnAsync(round.Count, () => items.CheckAsync(round, caller, ending), ending),
            (results, cancellation) =>
            {
                StreamCheckResponse response = new();
                response.Results.AddRange(results);
                return responses.WriteAsync(response, cancellation);
            });
        return InRoomAsync(() => stream.RunAsync(
            async ending =>
            {
                if (!await NextAsync(requests, ending))
                {
                    return null;
                }

                ItemCalls.RequireCount(requests.Current.Items);
                return requests.Current.Items;
            },
            context.CancellationToken));
    }

    public Task ReserveAsync(
        IAsyncStreamReader<StreamReserveRequest> requests,
        IServerStreamWriter<StreamReserveResponse> responses,
        ServerCallContext context)
    {
        Caller caller = Doorkeeper.CallerOf(context);
        Actor actor = context.Actor();
        ItemStream<ReserveItem, ReserveItemResult> stream = new(
            static item => item.Contact?.PersonId,
            (round, ending) => InTurnAsync(
                round.Count, () => items.ReserveAsync(round, caller, actor, ending), ending),
            (results, cancellation) =>
            {
                StreamReserveResponse response = new();
                response.Results.AddRange(results);
                return responses.WriteAsync(response, cancellation);
            });
        return InRoomAsync(() => stream.RunAsync(
            async ending =>
            {
                if (!await NextAsync(requests, ending))
                {
                    return null;
                }

                ItemCalls.RequireCount(requests.Current.Items);
                return requests.Current.Items;
            },
            context.CancellationToken));
    }

    private async Task InRoomAsync(Func<Task> run)
    {
        room.Enter();
        try
        {
            await run();
        }
        finally
        {
            room.Leave();
        }
    }

    private async ValueTask<TResult[]> InTurnAsync<TResult>(
        int questions, Func<ValueTask<TResult[]>> answer, CancellationToken cancellation)
    {
        await asks.EnterAsync(questions, isPatient: true, cancellation);
        try
        {
            return await answer();
        }
        finally
        {
            asks.Leave(questions);
        }
    }

    /// <summary>The next message, if there is one before the server is asked to stop.</summary>
    private async Task<bool> NextAsync<TRequest>(IAsyncStreamReader<TRequest> requests, CancellationToken ending)
    {
        try
        {
            return await requests.MoveNext(ending).WaitAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw CallErrors.ShuttingDown(
                "What was not answered may not have been done: send it again, with the same request ids.");
        }
    }
}
