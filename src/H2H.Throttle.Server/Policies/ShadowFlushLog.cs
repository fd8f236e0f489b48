namespace H2H.Throttle.Server.Policies;

internal static partial class ShadowFlushLog
{
    [LoggerMessage(
        4402, LogLevel.Information, "What shadow rules counted was not brought to the store; it will be later. {Why}")]
    public static partial void NotBrought(this ILogger<ShadowFlush> log, string why);
}
