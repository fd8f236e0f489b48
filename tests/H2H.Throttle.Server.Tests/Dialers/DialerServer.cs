using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests.Dialers;

/// <summary>A server that dialers ask: one call a day, at any hour.</summary>
public sealed class DialerServer() : GuardedServer(
    "--Dialers:plain:Fields:person_id=lead.id",
    "--Dialers:plain:Fields:record_id=call_id",
    "--Dialers:plain:Fields:address=lead.phone",
    "--Dialers:plain:Fields:priority=rank",
    "--Dialers:plain:Fields:subjects=debts",
    "--Dialers:plain:Fields:label.list=list",
    "--Dialers:plain:Fields:purpose=purpose",
    "--Dialers:plain:Fields:brand=brand",
    "--Dialers:plain:Fields:disposition=status",
    "--Dialers:plain:Constants:purpose=marketing",
    "--Dialers:plain:Constants:brand=north",
    "--Dialers:plain:Outcomes:NA=no_answer",
    "--Dialers:plain:Outcomes:SALE=converted",
    "--Dialers:plain:Outcomes:NEW=release",
    "--Dialers:asking:Mode=check",
    "--Dialers:asking:AllowGet=true",
    "--Dialers:asking:DenyStatus=200",
    "--Dialers:asking:Fields:person_id=lead_id",
    "--Dialers:asking:Fields:record_id=lead_id+attempt",
    "--Dialers:asking:Fields:disposition=status",
    "--Dialers:asking:Constants:purpose=marketing",
    "--Dialers:asking:Outcomes:any_other=conversation")
{
    /// <summary>What all servers of these tests decide by.</summary>
    public const string Policy = """
        policy: dialers
        zone: UTC
        channels: [phone, sms]
        purposes: { marketing: {}, debt: {}, service: { capped: false, counted: false } }
        rules:
          - { name: one-call-a-day, cap: 1, in: rolling 24h }
        """;

    protected override IEnumerable<string> SettingsWith(TemporaryStore files) =>
        [.. base.SettingsWith(files), $"--Server:FirstPolicyPath={files.Write("dialers.yaml", Policy)}"];
}
