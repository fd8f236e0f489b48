using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Telemetry;

namespace H2H.Throttle.Engine.Tests.Telemetry;

public sealed class DecisionMeterTests : IDisposable
{
    private static readonly ContactTraits Email = new("email", "marketing");

    private readonly ThrottleMeter meter = new("trial", TimeProvider.System);
    private readonly Heard heard;

    public DecisionMeterTests() => heard = new Heard(meter);

    public void Dispose()
    {
        heard.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void A_denial_counts_once_by_its_first_rule_and_each_of_its_reasons_counts()
    {
        meter.Decisions.Decided(DecisionMeter.Check, Email, Denied("two-a-day", "nights"));

        Assert.Equal(
            ["call=check verdict=deny rule=two-a-day channel=email purpose=marketing: 1"],
            heard.Of("h2h.throttle.decisions"));
        Assert.Equal(
            [
                "rule=nights code=CAP_REACHED effect=deny: 1",
                "rule=two-a-day code=CAP_REACHED effect=deny: 1",
            ],
            heard.Of("h2h.throttle.reasons"));
    }

    [Fact]
    public void Names_without_end_are_counted_together_as_other()
    {
        for (int i = 0; i < DecisionMeter.KindsMax + 50; i++)
        {
            ContactTraits traits = new("email", $"purpose-{i}");
            meter.Decisions.Decided(DecisionMeter.Check, traits, Denied($"rule-{i}"));
            meter.Decisions.Decided(DecisionMeter.Check, traits, Allowed);
        }

        IReadOnlyList<string> decisions = heard.Of("h2h.throttle.decisions");
        Assert.InRange(decisions.Count, DecisionMeter.KindsMax, DecisionMeter.KindsMax + 2);
        Assert.Contains("call=check verdict=deny rule=other channel=other purpose=other: 550", decisions);
        Assert.Contains("call=check verdict=allow channel=other purpose=other: 550", decisions);
        Assert.Contains("rule=other code=CAP_REACHED effect=deny: 50", heard.Of("h2h.throttle.reasons"));
    }

    [Fact]
    public void Counting_what_was_counted_before_costs_no_memory()
    {
        for (int i = 0; i < 1000; i++)
        {
            Decide();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Decide();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);

        void Decide()
        {
            long began = meter.Decisions.Begin();
            meter.Decisions.End(began, Allowed);
            meter.Decisions.Decided(DecisionMeter.Reserve, Email, Allowed);
        }
    }

    private static Decision Allowed { get; } = new Decision.Allowed([], []);

    private static Decision.Denied Denied(params IEnumerable<string> rules) => new(
        [.. rules.Select(static rule => new Reason(rule, ReasonCode.CapReached, "No.", null))], [], [], null, []);
}
