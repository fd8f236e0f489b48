namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>The policy that test servers start with: three contacts a day.</summary>
public static class TestPolicy
{
    public const string Name = "test";
    public const string Rule = "three-a-day";
    public const int Cap = 3;

    public const string Document = """
        # Three, and no more.
        policy: test
        zone: UTC
        channels: [email, sms, phone]
        purposes:
          marketing: {}
          service: { capped: false, counted: false }
        unconfirmed: { default: count, phone: release }
        outcomes: [clicked]
        rules:
          - name: three-a-day
            cap: 3      # of any kind
            in: rolling 24h
          - name: quiet-nights
            when: { channel: phone }
            quiet: { daily: "20:00-08:00" }
        """;
}
