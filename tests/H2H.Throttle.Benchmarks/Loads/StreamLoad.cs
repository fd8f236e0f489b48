using Grpc.Core;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Benchmarks.Loads;

/// <summary>Streams of many items a message.</summary>
/// <param name="server">Whom to ask.</param>
/// <param name="isReserve">StreamReserve with request ids; otherwise StreamCheck.</param>
/// <param name="streams">How many there are, each on a connection of its own.</param>
/// <param name="itemsEach">How many items each message has.</param>
internal sealed class StreamLoad(Uri server, bool isReserve, int streams, int itemsEach) : ILoad, IDisposable
{
    private readonly ThrottleClient[] clients =
        [.. Enumerable.Range(0, streams).Select(_ => new ThrottleClient(server))];

    public string Name => $"stream {(isReserve ? "Reserve" : "Check")}, {streams} × {itemsEach} a message";

    public Task RunAsync(int decisions) => Task.WhenAll(clients.Select(client => Task.Run(() => isReserve
        ? ReserveAsync(client, decisions / streams)
        : CheckAsync(client, decisions / streams))));

    public void Dispose() => Array.ForEach(clients, static client => client.Dispose());

    private async Task ReserveAsync(ThrottleClient client, int decisions)
    {
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            client.Throttle.StreamReserve();
        Task writing = Task.Run(async () =>
        {
            for (int sent = 0; sent < decisions; sent += itemsEach)
            {
                StreamReserveRequest request = new();
                for (int i = 0; i < Math.Min(itemsEach, decisions - sent); i++)
                {
                    request.Items.Add(
                        new ReserveItem { Contact = People.Next(), RequestId = People.NextRequestId() });
                }

                await call.RequestStream.WriteAsync(request);
            }

            await call.RequestStream.CompleteAsync();
        });
        int allowed = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            allowed += call.ResponseStream.Current.Results.Count(static one => one.Reservation is not null);
        }

        await writing;
        Require(allowed, decisions);
    }

    private async Task CheckAsync(ThrottleClient client, int decisions)
    {
        using AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> call = client.Throttle.StreamCheck();
        Task writing = Task.Run(async () =>
        {
            for (int sent = 0; sent < decisions; sent += itemsEach)
            {
                StreamCheckRequest request = new();
                for (int i = 0; i < Math.Min(itemsEach, decisions - sent); i++)
                {
                    request.Items.Add(new CheckItem { Contact = People.Next() });
                }

                await call.RequestStream.WriteAsync(request);
            }

            await call.RequestStream.CompleteAsync();
        });
        int allowed = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            allowed += call.ResponseStream.Current.Results.Count(
                static one => one.Decision?.Verdict is Verdict.Allow);
        }

        await writing;
        Require(allowed, decisions);
    }

    private static void Require(int allowed, int decisions)
    {
        if (allowed != decisions)
        {
            throw new InvalidOperationException($"{allowed} of {decisions} were allowed.");
        }
    }
}
