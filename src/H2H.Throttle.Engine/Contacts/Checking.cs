using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A question whether a contact would be allowed, after its checks.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="Version">By which policy it is answered.</param>
/// <param name="Meter">Times the deciding.</param>
internal sealed record Checking(Asked Asked, PolicyInForce Version, DecisionMeter Meter)
{
    public PersonKey Person => Asked.Person;

    public Instant Now => Asked.Now;

    public Policy Policy => Version.Policy;

    /// <param name="record">The person's, with what those have had who share limits with them.</param>
    public CheckResult Answer(PersonRecord record)
    {
        Instant now = Instant.Max(Now, record.LastSeen);
        return new CheckResult(record.Key, Verdict.Of(record, Asked.At(now), now, Version, Meter));
    }
}
