using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Wire;
using NodaTime;
using CoreCode = H2H.Throttle.Core.Decisions.ReasonCode;
using WireDecision = H2H.Throttle.Wire.Decision;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>Reads decisions as the answers of scenarios.</summary>
internal static class AnswerWire
{
    public static ScenarioAnswer Read(WireDecision decision)
    {
        bool isAllowed = decision.Verdict is Verdict.Allow;
        IEnumerable<Reason> reasons = isAllowed ? decision.Warnings.Concat(decision.Shadow) : decision.Reasons;
        return new ScenarioAnswer(
            isAllowed,
            [
                .. reasons.Select(static reason =>
                    new ScenarioReason(reason.Rule, (CoreCode)reason.Code, Read(reason.FreeAt))),
            ],
            Read(decision.NextAllowedAt));
    }

    private static Instant? Read(Timestamp? at) =>
        at is null ? null : Instant.FromDateTimeUtc(at.ToDateTime());
}
