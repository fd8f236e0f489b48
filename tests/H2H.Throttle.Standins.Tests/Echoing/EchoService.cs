using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Standins.Tests.Wire;
using Status = Grpc.Core.Status;

namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>Every kind of method, on the generated base class. One instance serves all calls.</summary>
public sealed class EchoService(HangingCalls hanging) : Echo.EchoBase
{
    private readonly ConcurrentDictionary<string, bool> faltered = new();

    public override async Task<Saying> Say(Saying request, ServerCallContext context)
    {
        if (request.Text == "quietly")
        {
            context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        }

        await context.WriteResponseHeadersAsync(new Metadata
        {
            { "x-length", $"{request.Text.Length}" },
            { "x-text-bin", request.Text.Select(static c => (byte)c).ToArray() },
        });
        context.ResponseTrailers.Add("x-last", "said");
        return request;
    }

    public override async Task<Saying> Join(IAsyncStreamReader<Saying> requestStream, ServerCallContext context)
    {
        List<string> texts = [];
        await foreach (Saying saying in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(saying.Text);
        }

        return new Saying { Text = string.Join(' ', texts) };
    }

    public override async Task Split(
        Saying request, IServerStreamWriter<Saying> responseStream, ServerCallContext context)
    {
        responseStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        foreach (string word in request.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await responseStream.WriteAsync(new Saying { Text = word }, context.CancellationToken);
        }
    }

    public override async Task Converse(
        IAsyncStreamReader<Saying> requestStream, IServerStreamWriter<Saying> responseStream,
        ServerCallContext context)
    {
        await foreach (Saying saying in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(saying, context.CancellationToken);
        }
    }

    public override Task<Empty> Refuse(Refusal request, ServerCallContext context)
    {
        Metadata trailers = new() { { "x-why", "told to" } };
        if (!request.Details.IsEmpty)
        {
            trailers.Add("grpc-status-details-bin", request.Details.ToByteArray());
        }

        throw new RpcException(new Status((StatusCode)request.StatusCode, request.Detail), trailers);
    }

    public override Task<Saying> Falter(Saying request, ServerCallContext context) =>
        faltered.TryAdd(request.Text, true)
            ? throw new RpcException(new Status(StatusCode.Unavailable, "The first time it does not work."))
            : Task.FromResult(request);

    public override async Task<Empty> Hang(Saying request, ServerCallContext context)
    {
        await hanging.HangAsync(request.Text, context.CancellationToken);
        return new Empty();
    }

    public override async Task HangAfterOne(
        Saying request, IServerStreamWriter<Saying> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(request, context.CancellationToken);
        await hanging.HangAsync(request.Text, context.CancellationToken);
    }

    public override Task<Description> Describe(Empty request, ServerCallContext context)
    {
        Description description = new()
        {
            Method = context.Method,
            Host = context.Host,
            Peer = context.Peer,
            Intercepted = (string)context.UserState[typeof(NotingInterceptor)],
        };
        if (context.Deadline != DateTime.MaxValue)
        {
            description.DeadlineUs = (context.Deadline - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        }

        description.PeerIdentity.AddRange(context.AuthContext.PeerIdentity.Select(static proven => proven.Value));
        description.Headers.AddRange(context.RequestHeaders.Select(static header => new Header
        {
            Key = header.Key,
            Value = ByteString.CopyFrom(header.ValueBytes),
            IsBinary = header.IsBinary,
        }));
        return Task.FromResult(description);
    }
}
