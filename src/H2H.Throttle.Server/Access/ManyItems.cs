using Google.Protobuf.Reflection;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Access;

/// <summary>Messages that ask many things at once: each counts, and is let through or refused, by itself.</summary>
internal static class ManyItems
{
    /// <summary>How many calls a message stands for; at least 1.</summary>
    public static int CountIn(object message) => Math.Max(1, message switch
    {
        BatchCheckRequest batch => batch.Items.Count,
        BatchReserveRequest batch => batch.Items.Count,
        StreamCheckRequest batch => batch.Items.Count,
        StreamReserveRequest batch => batch.Items.Count,
        _ => 1,
    });

    /// <summary>Whether the items' brands are checked where each gets its answer.</summary>
    public static bool AreIn(MessageDescriptor message) =>
        message == BatchCheckRequest.Descriptor
        || message == BatchReserveRequest.Descriptor
        || message == StreamCheckRequest.Descriptor
        || message == StreamReserveRequest.Descriptor;
}
