namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>A server whose rules look at what people said, what the business said and what happened.</summary>
/// <remarks>It believes what a request says of the time.</remarks>
public sealed class FactServer() : TestServer("--Throttle:TrustRequestTime=true")
{
    private const string Document = """
        policy: facts
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {}, debt: {} }
        events: [returned]
        rules:
          - { name: calls-agreed-to, when: { channel: phone }, consent: { opt_in: calls } }
          - { name: complaint, when: { purpose: marketing }, hold: open_complaint }
          - { name: answers-alone, when: { channel: sms }, needs: { event: inbound_message, within: rolling 24h } }
          - { name: returned, cooldown: rolling 48h, after: { event: returned }, per: [subject] }
          - name: talked
            when: { purpose: debt }
            cooldown: rolling 7d
            after: { outcome: conversation }
            per: [subject]
        """;

    protected override IEnumerable<string> SettingsWith(TemporaryStore files) =>
        [$"--Server:FirstPolicyPath={files.Write("facts.yaml", Document)}"];
}
