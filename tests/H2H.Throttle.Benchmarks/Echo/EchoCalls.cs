using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>Answers what it is asked.</summary>
/// <param name="redis">For those calls that go there.</param>
/// <param name="file">For those that are kept on the disk.</param>
internal sealed class EchoCalls(IDatabase redis, SyncedFile file) : EchoService.EchoServiceBase
{
    /// <summary>How many calls with one payload save something when each is made in its turn.</summary>
    public const int SavesMax = 100;

    private const int RecordBytes = 400;   // of a new person, with one contact and one request id

    private static readonly byte[] Record = new byte[RecordBytes];
    private static readonly Script Saving = new(SaveScript.Text);

    private readonly ConcurrentDictionary<ByteString, EchoTurns> turns = new();

    public override Task<EchoMessage> Echo(EchoMessage request, ServerCallContext context) => Task.FromResult(request);

    public override async Task<EchoMessage> EchoLook(EchoMessage request, ServerCallContext context)
    {
        await LookAsync(request);
        return request;
    }

    public override async Task<EchoMessage> EchoSave(EchoMessage request, ServerCallContext context)
    {
        await SaveAsync(request);
        return request;
    }

    public override async Task<EchoMessage> EchoSync(EchoMessage request, ServerCallContext context)
    {
        await SyncAsync(request);
        return request;
    }

    public override async Task<EchoMessage> EchoTurn(EchoMessage request, ServerCallContext context)
    {
        await turns
            .GetOrAdd(request.Payload, static _ => new EchoTurns(SavesMax))
            .TakeAsync(() => SaveAsync(request));
        return request;
    }

    public override Task EchoStream(
        IAsyncStreamReader<EchoItems> requestStream,
        IServerStreamWriter<EchoItems> responseStream,
        ServerCallContext context) =>
        EachAsync(requestStream, responseStream, null, context);

    public override Task EchoLookStream(
        IAsyncStreamReader<EchoItems> requestStream,
        IServerStreamWriter<EchoItems> responseStream,
        ServerCallContext context) =>
        EachAsync(requestStream, responseStream, LookAsync, context);

    public override Task EchoSaveStream(
        IAsyncStreamReader<EchoItems> requestStream,
        IServerStreamWriter<EchoItems> responseStream,
        ServerCallContext context) =>
        EachAsync(requestStream, responseStream, SaveAsync, context);

    public override Task EchoSyncStream(
        IAsyncStreamReader<EchoItems> requestStream,
        IServerStreamWriter<EchoItems> responseStream,
        ServerCallContext context) =>
        EachAsync(requestStream, responseStream, SyncAsync, context);

    private static async Task EachAsync(
        IAsyncStreamReader<EchoItems> asked,
        IServerStreamWriter<EchoItems> answered,
        Func<EchoMessage, Task>? visit,
        ServerCallContext context)
    {
        while (await asked.MoveNext(context.CancellationToken))
        {
            if (visit is not null)
            {
                await Task.WhenAll(asked.Current.Items.Select(visit));
            }

            await answered.WriteAsync(asked.Current);
        }
    }

    private Task LookAsync(EchoMessage asked) => redis.StringGetAsync(asked.Payload.ToByteArray());

    private Task SaveAsync(EchoMessage asked)
    {
        long expires = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();
        return Saving.RunAsync(
            redis, [asked.Payload.ToByteArray()], [RedisValue.EmptyString, Record, expires]);
    }

    private Task SyncAsync(EchoMessage asked) => file.KeepAsync(Record);
}
