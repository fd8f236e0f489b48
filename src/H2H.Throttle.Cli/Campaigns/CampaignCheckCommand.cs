using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary><c>h2h campaign check</c></summary>
internal sealed class CampaignCheckCommand() : CampaignCommand(
    "check", "Ask whether the contacts of a whole audience would be allowed; changes nothing.")
{
    protected override Duration? TimeToLive(ParseResult parsed) => null;

    protected override IVerdictStream Open(
        ThrottleClient client, CampaignPlan plan, CancellationToken cancellation) =>
        new CheckStream(client, plan, cancellation);
}
