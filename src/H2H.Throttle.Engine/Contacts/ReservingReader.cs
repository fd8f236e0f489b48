using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>Checks a call for a reservation.</summary>
internal sealed class ReservingReader(
    AskedReader reader, IdentityHasher hasher, RequestClock clock, DecisionMeter meter)
{
    /// <exception cref="RequestException">Something is wrong.</exception>
    public Reserving Read(ReserveDraft draft, PolicyInForce version)
    {
        Duration lives = draft.TimeToLive ?? RequestBounds.TimeToLiveDefault;
        Problems problems = new();
        problems.CheckRequestId(draft.RequestId);
        problems.Require(
            lives >= RequestBounds.TimeToLiveMin && lives <= RequestBounds.TimeToLiveMax,
            ProblemReason.TimeToLiveOutOfRange,
            "time_to_live",
            "time_to_live must be 1 second to 7 days.");
        problems.Require(
            draft.Contact.Direction is Direction.Out,
            ProblemReason.FieldNotAllowed,
            "contact.direction",
            "Only a contact that goes out can be reserved; store one that came in with Record.");
        Asked asked = reader.Read(
            draft.Contact, clock.Read(draft.At, problems), draft.OverrideReason, version, problems);
        return new Reserving(asked, lives, MarkOf(draft, asked, lives, problems), version, meter);
    }

    private RequestMark? MarkOf(ReserveDraft draft, Asked asked, Duration lives, Problems problems) =>
        string.IsNullOrEmpty(draft.RequestId)
            ? null
            : RequestMark.Of(
                draft.RequestId,
                asked.ContentOf("reserve", Fingerprint.Number(lives.BclCompatibleTicks), draft.OverrideReason),
                hasher,
                problems);
}
