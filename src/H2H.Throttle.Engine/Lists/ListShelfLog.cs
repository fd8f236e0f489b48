using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.Lists;

internal static partial class ListShelfLog
{
    [LoggerMessage(
        EventId = 1101,
        Level = LogLevel.Information,
        Message = "The suppression list {List} has {Entries} entries now.")]
    public static partial void Switched(this ILogger log, string list, long entries);

    [LoggerMessage(
        EventId = 1102,
        Level = LogLevel.Error,
        Message = "The suppression list {List} cannot be read from the store. Contacts that depend on it are not "
        + "decided. Import it again.")]
    public static partial void Unreadable(this ILogger log, string list);

    [LoggerMessage(
        EventId = 1103,
        Level = LogLevel.Warning,
        Message = "Whether suppression lists have changed cannot be told now; the copies at hand stay in use.")]
    public static partial void NotFollowed(this ILogger log, Exception error);

    [LoggerMessage(
        EventId = 1104,
        Level = LogLevel.Warning,
        Message = "What is left of older suppression lists was not cleared away; it will be tried again.")]
    public static partial void NotSwept(this ILogger log, Exception error);
}
