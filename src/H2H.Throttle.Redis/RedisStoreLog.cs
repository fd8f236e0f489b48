using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace H2H.Throttle.Redis;

internal static partial class RedisStoreLog
{
    [LoggerMessage(
        EventId = 3001,
        Level = LogLevel.Warning,
        Message = "Redis cannot be reached. The service starts, answers UNAVAILABLE and keeps trying. Check "
        + "Redis:Configuration, and that Redis runs.")]
    public static partial void StartedWithoutRedis(this ILogger log);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "{What} {Mend}")]
    public static partial void Found(this ILogger log, string what, string mend);

    [LoggerMessage(
        EventId = 3003, Level = LogLevel.Warning, Message = "A connection to Redis at {Address} was lost: {Why}.")]
    public static partial void ConnectionLost(
        this ILogger log, EndPoint? address, ConnectionFailureType why);

    [LoggerMessage(
        EventId = 3004, Level = LogLevel.Information, Message = "A connection to Redis at {Address} stands again.")]
    public static partial void ConnectionRestored(this ILogger log, EndPoint? address);

    [LoggerMessage(
        EventId = 3005,
        Level = LogLevel.Warning,
        Message = "Whether Redis is fit for its use could not be looked up; the next connection tries again. {Why}")]
    public static partial void NotChecked(this ILogger log, string why);
}
