using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>Two streams that stay open, on which a mistake and somebody else come before each contact.</summary>
internal sealed class StreamAsker : IAsker, IDisposable
{
    private readonly AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> checks;
    private readonly AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> reserves;

    public StreamAsker(TestServer server)
    {
        checks = server.Throttle.StreamCheck(TestServer.Call);
        reserves = server.Throttle.StreamReserve(TestServer.Call);
    }

    public async Task<Decision> CheckAsync(CheckRequest request, CancellationToken cancellation)
    {
        StreamCheckRequest message = new() { Items = { BatchAsker.ItemsFor(request) } };
        await checks.RequestStream.WriteAsync(message, cancellation);

        Dictionary<string, CheckItemResult> results = [];
        while (results.Count < message.Items.Count && await checks.ResponseStream.MoveNext(cancellation))
        {
            checks.ResponseStream.Current.Results.ToList().ForEach(one => results.Add(one.CorrelationId, one));
        }

        Assert.Equal(ErrorReason.FieldMissing, results["mistake"].Error.Reason);
        return BatchAsker.DecisionOf(results["asked"].Decision, results["asked"].Error);
    }

    public async Task<Decision> ReserveAsync(ReserveRequest request, CancellationToken cancellation)
    {
        StreamReserveRequest message = new() { Items = { BatchAsker.ItemsFor(request) } };
        await reserves.RequestStream.WriteAsync(message, cancellation);

        Dictionary<string, ReserveItemResult> results = [];
        while (results.Count < message.Items.Count && await reserves.ResponseStream.MoveNext(cancellation))
        {
            reserves.ResponseStream.Current.Results.ToList().ForEach(one => results.Add(one.CorrelationId, one));
        }

        Assert.Equal(ErrorReason.FieldMissing, results["mistake"].Error.Reason);
        return BatchAsker.DecisionOf(results["asked"].Decision, results["asked"].Error);
    }

    public void Dispose()
    {
        checks.Dispose();
        reserves.Dispose();
    }
}
