using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Records;
using H2H.Throttle.Sqlite;
using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>Answers what it is asked.</summary>
/// <param name="redis">For those calls that go there.</param>
/// <param name="file">For those that are kept on the disk.</param>
/// <param name="store">For those that are kept in it.</param>
internal sealed class EchoCalls(IDatabase redis, SyncedFile file, SqliteStore store) : EchoService.EchoServiceBase
{
    /// <summary>How many calls with one payload save something when each is made in its turn.</summary>
    public const int SavesMax = 100;

    private const int RecordBytes = 400;   // of a new person, with one contact and one request id
    private const int KeyBytes = 16;

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

    public override async Task<EchoMessage> EchoKeep(EchoMessage request, ServerCallContext context)
    {
        await KeepAsync(request);
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

    public override Task EchoKeepStream(
        IAsyncStreamReader<EchoItems> requestStream,
        IServerStreamWriter<EchoItems> responseStream,
        ServerCallContext context) =>
        EachAsync(requestStream, responseStream, KeepAsync, context);

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

    /// <summary>Under a key as people have: in no order.</summary>
    private Task KeepAsync(EchoMessage asked)
    {
        byte[] hash = SHA256.HashData(asked.Payload.Span);
        return store.Records.TrySaveAsync(
            new RecordKey("person", Base64Url.EncodeToString(hash.AsSpan(..KeyBytes))),
            RecordVersion.Absent,
            Record,
            Instant.FromDateTimeUtc(DateTime.UtcNow.AddDays(1)),
            CancellationToken.None).AsTask();
    }
}
