namespace H2H.Throttle.Server.Overload;

internal static partial class AskQueueLog
{
    [LoggerMessage(
        4302,
        LogLevel.Warning,
        "Overloaded: {Refused} questions were refused since this was last said; {AtOnceMax} are worked on at once.")]
    public static partial void Overloaded(this ILogger<AskQueue> log, int refused, int atOnceMax);
}
