using Grpc.Core;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>Answers what it is asked.</summary>
/// <param name="redis">For those calls that go there.</param>
internal sealed class EchoCalls(IDatabase redis) : EchoService.EchoServiceBase
{
    private const int RecordBytes = 400;   // of a new person, with one contact and one request id

    private static readonly byte[] Record = new byte[RecordBytes];
    private static readonly Script Saving = new(SaveScript.Text);

    public override Task<EchoMessage> Echo(EchoMessage request, ServerCallContext context) => Task.FromResult(request);

    public override async Task<EchoMessage> EchoLook(EchoMessage request, ServerCallContext context)
    {
        await redis.StringGetAsync(request.Payload.ToByteArray());
        return request;
    }

    public override async Task<EchoMessage> EchoSave(EchoMessage request, ServerCallContext context)
    {
        long expires = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();
        await Saving.RunAsync(
            redis, [request.Payload.ToByteArray()], [RedisValue.EmptyString, Record, expires]);
        return request;
    }

    public override async Task EchoStream(
        IAsyncStreamReader<EchoItems> requestStream,
        IServerStreamWriter<EchoItems> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(requestStream.Current);
        }
    }
}
