using H2H.Throttle.Engine.Batches;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Contacts;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Batches;

/// <summary>Items of batches and streams on the wire.</summary>
internal static class ItemWire
{
    /// <summary>What the caller asks. Its values are checked by the engine, its form here.</summary>
    /// <exception cref="RefusedException">Its form is wrong.</exception>
    public static CheckDraft Read(CheckItem item)
    {
        Violations violations = new();
        CheckCorrelation(item.CorrelationId, violations);
        CheckDraft draft = new(ContactWire.Read(item.Contact, violations))
        {
            At = TimeWire.Read(item.At, "at", violations),
            OverrideReason = item.OverrideReason,
        };
        violations.ThrowIfAny();
        return draft;
    }

    /// <inheritdoc cref="Read(CheckItem)"/>
    public static ReserveDraft Read(ReserveItem item)
    {
        Violations violations = new();
        CheckCorrelation(item.CorrelationId, violations);
        ReserveDraft draft = new(ContactWire.Read(item.Contact, violations))
        {
            RequestId = item.RequestId,
            TimeToLive = TimeWire.Read(
                item.TimeToLive, "time_to_live", ErrorReason.TimeToLiveOutOfRange, violations),
            At = TimeWire.Read(item.At, "at", violations),
            OverrideReason = item.OverrideReason,
        };
        violations.ThrowIfAny();
        return draft;
    }

    public static CheckItemResult Write(CheckItem item, BatchAnswer<CheckResult> answer) => answer.Result is { } result
        ? new CheckItemResult
        {
            CorrelationId = item.CorrelationId,
            Decision = DecisionWire.Write(result.Person, result.Verdict),
        }
        : Write(item, ItemErrorWire.Write(answer.Failure!));

    public static ReserveItemResult Write(ReserveItem item, BatchAnswer<ReserveResult> answer) =>
        answer.Result is { } result
            ? new ReserveItemResult
            {
                CorrelationId = item.CorrelationId,
                Decision = DecisionWire.Write(result.Person, result.Verdict),
                Reservation = DecisionWire.Write(result.Reservation),
            }
            : Write(item, ItemErrorWire.Write(answer.Failure!));

    public static CheckItemResult Write(CheckItem item, ItemError error) =>
        new() { CorrelationId = item.CorrelationId, Error = error };

    public static ReserveItemResult Write(ReserveItem item, ItemError error) =>
        new() { CorrelationId = item.CorrelationId, Error = error };

    private static void CheckCorrelation(string id, Violations violations)
    {
        if (id.Length > RequestBounds.CorrelationIdLengthMax)
        {
            violations.Add(
                "correlation_id",
                ErrorReason.IdTooLong,
                $"correlation_id has {id.Length} characters; at most {RequestBounds.CorrelationIdLengthMax} are "
                + "allowed.");
        }
    }
}
