using System.Collections.Frozen;
using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>What the engine refuses, on the wire: which reason, and which status code goes with it.</summary>
internal static class ProblemWire
{
    private static readonly FrozenDictionary<ProblemReason, ErrorReason> Reasons = Enum.GetValues<ProblemReason>()
        .ToFrozenDictionary(static reason => reason, static reason => Enum.Parse<ErrorReason>(reason.ToString()));

    public static RefusedException Write(RequestException request)
    {
        ImmutableArray<Violation> violations = [.. request.Problems.Select(Write)];
        StatusCode code = CodeOf(request.Problems[0].Reason);
        Violation first = violations[0];
        return code is StatusCode.InvalidArgument
            ? RefusedException.Invalid(violations)
            : new RefusedException(code, first.Reason, first.Message, first.Field);
    }

    public static StatusCode CodeOf(ProblemReason reason) => reason switch
    {
        ProblemReason.ReservationUnknown
            or ProblemReason.ContactUnknown
            or ProblemReason.PolicyVersionUnknown
            or ProblemReason.RuleUnknown
            or ProblemReason.KeyUnknown
            or ProblemReason.ListUnknown
            or ProblemReason.MergeUnknown
            or ProblemReason.WebhookUnknown => StatusCode.NotFound,
        ProblemReason.ReservationAlreadyConfirmed
            or ProblemReason.ReservationAlreadyReleased
            or ProblemReason.RuleNotACap
            or ProblemReason.RecordFull
            or ProblemReason.PoolFull
            or ProblemReason.PersonInOtherPool
            or ProblemReason.ListOlder
            or ProblemReason.ListEmpty
            or ProblemReason.ListChangedTooOften
            or ProblemReason.ListsTooMany
            or ProblemReason.ImportGone
            or ProblemReason.IdentityKeyDiffers
            or ProblemReason.SimulationRunning
            or ProblemReason.PolicyVersionInForce
            or ProblemReason.PolicyVersionFirst
            or ProblemReason.AddressHasPerson
            or ProblemReason.AddressLinkedElsewhere
            or ProblemReason.AddressNotLinked
            or ProblemReason.PeopleAlreadyOne
            or ProblemReason.MergeTooOld
            or ProblemReason.MergeCovered
            or ProblemReason.WebhooksTooMany => StatusCode.FailedPrecondition,
        ProblemReason.JournalPositionUnknown => StatusCode.OutOfRange,
        ProblemReason.JournalDiverged => StatusCode.FailedPrecondition,
        ProblemReason.RequestIdReused or ProblemReason.WebhookExists => StatusCode.AlreadyExists,
        ProblemReason.PolicyVersionConflict or ProblemReason.Contended => StatusCode.Aborted,
        _ => StatusCode.InvalidArgument,
    };

    private static Violation Write(Problem problem) => new(problem.Field, Reasons[problem.Reason], problem.Message);
}
