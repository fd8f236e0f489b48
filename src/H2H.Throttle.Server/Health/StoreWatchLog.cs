using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Server.Health;

internal static partial class StoreWatchLog
{
    [LoggerMessage(
        110,
        LogLevel.Information,
        "The store answers; version {Version} of the policy is in force. Calls are decided.")]
    public static partial void StoreIsUp(this ILogger<StoreWatch> log, long version);

    [LoggerMessage(
        111,
        LogLevel.Error,
        "The store fails ({Failure}): {Why} Health says NOT_SERVING until it is back.")]
    public static partial void StoreIsDown(this ILogger<StoreWatch> log, StoreFailure failure, string why);
}
