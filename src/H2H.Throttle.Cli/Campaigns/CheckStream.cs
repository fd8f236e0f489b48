using System.Globalization;
using Grpc.Core;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Asks whether lines would be allowed.</summary>
internal sealed class CheckStream(ThrottleClient client, CampaignPlan plan, CancellationToken cancellation)
    : IVerdictStream
{
    private readonly AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> call =
        client.Throttle.StreamCheck(cancellationToken: cancellation);

    public Task WriteAsync(IReadOnlyList<AudienceLine> lines, CancellationToken cancellation)
    {
        StreamCheckRequest request = new();
        request.Items.AddRange(lines.Select(line => new CheckItem
        {
            CorrelationId = line.Number.ToString(CultureInfo.InvariantCulture),
            Contact = line.Contact,
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
                    long.Parse(one.CorrelationId, CultureInfo.InvariantCulture), one.Decision, null, one.Error)),
            ]
            : null;

    public void Dispose() => call.Dispose();
}
