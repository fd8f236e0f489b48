using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A decision, and what it was made by.</summary>
/// <param name="Id">Names it: 32 hexadecimal digits.</param>
/// <param name="Decision">Yes, or no and why.</param>
/// <param name="Policy">The name of the policy that decided.</param>
/// <param name="PolicyVersion">And its version.</param>
/// <param name="At">The instant that was judged.</param>
public sealed record Verdict(string Id, Decision Decision, string Policy, long PolicyVersion, Instant At)
{
    /// <summary>What a policy says of an attempt, given what is stored of the person.</summary>
    internal static Verdict Of(
        PersonRecord record, Attempt attempt, Instant now, PolicyInForce version, DecisionMeter meter) => Of(
        meter.End(meter.Begin(), Decider.Decide(version.Policy, record.Person, attempt, now)), version, attempt.At);

    /// <summary>A new one.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="version">By what.</param>
    /// <param name="at">The instant that was judged.</param>
    internal static Verdict Of(Decision decision, PolicyInForce version, Instant at) =>
        new(TimedId.New(at), decision, version.Policy.Name, version.Number, at);
}
