using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Batches;

/// <summary>Why an item has no answer, on the wire: what a call of its own would have ended with.</summary>
internal static class ItemErrorWire
{
    /// <param name="failure">Of the item, as the engine has it.</param>
    public static ItemError Write(Exception failure) => Write(failure switch
    {
        RequestException request => ProblemWire.Write(request),
        StoreException store => CallErrors.OfStore(store),
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    public static ItemError Write(RefusedException refused)
    {
        ItemError error = new()
        {
            Code = (int)refused.Code,
            Reason = refused.Reason,
            Message = refused.Message,
            Field = refused.Field ?? "",
            RetryDelay = refused.RetryAfter is { } pause ? Duration.FromTimeSpan(pause) : null,
        };
        error.Violations.AddRange(refused.Violations.Select(static one => new ItemViolation
        {
            Field = one.Field, Reason = one.Reason, Message = one.Message,
        }));
        return error;
    }
}
