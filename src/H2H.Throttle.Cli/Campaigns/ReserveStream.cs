using System.Globalization;
using Grpc.Core;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Reserves a contact for each line.</summary>
internal sealed class ReserveStream(ThrottleClient client, CampaignPlan plan, CancellationToken cancellation)
    : IVerdictStream
{
    private readonly AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
        client.Throttle.StreamReserve(cancellationToken: cancellation);

    public Task WriteAsync(IReadOnlyList<AudienceLine> lines, CancellationToken cancellation)
    {
        StreamReserveRequest request = new();
        request.Items.AddRange(lines.Select(line => new ReserveItem
        {
            CorrelationId = line.Number.ToString(CultureInfo.InvariantCulture),
            RequestId = VerdictRow.RequestIdOf(plan.Run, line.Number),
            Contact = line.Contact,
            TimeToLive = plan.TimeToLive,
            At = plan.At,
            OverrideReason = plan.OverrideReason,
        }));
        return call.RequestStream.WriteAsync(request, cancellation);
    }

    public Task CompleteAsync() => call.RequestStream.CompleteAsync();

    public async Task<IReadOnlyList<LineAnswer>?> ReadAsync(CancellationToken cancellation) =>
        await call.ResponseStream.MoveNext(cancellation)
            ?
            [
                .. call.ResponseStream.Current.Results.Select(static one => new LineAnswer(
                    long.Parse(one.CorrelationId, CultureInfo.InvariantCulture),
                    one.Decision,
                    one.Reservation,
                    one.Error)),
            ]
            : null;

    public void Dispose() => call.Dispose();
}
