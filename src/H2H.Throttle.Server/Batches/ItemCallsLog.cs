using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Server.Batches;

internal static partial class ItemCallsLog
{
    [LoggerMessage(4301, LogLevel.Error, "{Items} items of a batch were not answered: the store failed ({Failure}).")]
    public static partial void StoreFailed(
        this ILogger<ItemCalls> log, int items, StoreFailure failure, Exception error);
}
