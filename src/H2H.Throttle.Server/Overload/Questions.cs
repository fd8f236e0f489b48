using System.Collections.Frozen;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Overload;

/// <summary>Which calls only ask whether somebody may be contacted: the ones that can wait.</summary>
internal static class Questions
{
    private static readonly FrozenSet<string> Paths = ThrottleServiceReflection.Descriptor.Services
        .SelectMany(static service => service.Methods)
        .Where(static method => !method.IsClientStreaming && In(method.InputType.Parser.ParseFrom([])) > 0)
        .Select(static method => $"/{method.Service.FullName}/{method.Name}")
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether such a call asks at least one question.</summary>
    /// <param name="path">As in <c>/h2h.throttle.v1.ThrottleService/Check</c>.</param>
    public static bool AreAskedBy(string path) => Paths.Contains(path);

    /// <summary>How many questions a request has; 0: it is none, and waits for none.</summary>
    public static int In(object request) => request switch
    {
        CheckRequest or ReserveRequest or FindSlotsRequest or ExplainRequest => 1,
        PlanContactsRequest plan => Math.Max(1, plan.Contacts.Count),
        BatchCheckRequest or BatchReserveRequest => ManyItems.CountIn(request),
        _ => 0,
    };
}
