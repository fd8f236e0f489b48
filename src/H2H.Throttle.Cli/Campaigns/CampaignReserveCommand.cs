using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary><c>h2h campaign reserve</c></summary>
internal sealed class CampaignReserveCommand : CampaignCommand
{
    private readonly Option<NodaTime.Duration?> timeToLive = Spans.Option(
        "--ttl", "How long after its instant a contact may be confirmed or released, 1s to 7d. Default 15m.");

    public CampaignReserveCommand()
        : base("reserve", "Take a slot for everybody in an audience whose contact is allowed; each counts at once.") =>
        Add(timeToLive);

    protected override Duration? TimeToLive(ParseResult parsed) => parsed.GetValue(timeToLive) is { } span
        ? Duration.FromTimeSpan(span.ToTimeSpan())
        : null;

    protected override IVerdictStream Open(
        ThrottleClient client, CampaignPlan plan, CancellationToken cancellation) =>
        new ReserveStream(client, plan, cancellation);
}
