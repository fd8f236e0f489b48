using H2H.Throttle.Server.Access;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Overload;

/// <summary>Which calls only ask whether somebody may be contacted: the ones that can wait.</summary>
internal static class Questions
{
    /// <summary>How many questions a request has; 0: it is none, and waits for none.</summary>
    public static int In(object request) => request switch
    {
        CheckRequest or ReserveRequest or FindSlotsRequest or ExplainRequest => 1,
        PlanContactsRequest plan => Math.Max(1, plan.Contacts.Count),
        BatchCheckRequest or BatchReserveRequest => ManyItems.CountIn(request),
        _ => 0,
    };
}
