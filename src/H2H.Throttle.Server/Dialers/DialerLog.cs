namespace H2H.Throttle.Server.Dialers;

internal static partial class DialerLog
{
    [LoggerMessage(
        4601,
        LogLevel.Warning,
        "The dialer {Dialer} was told to {Answer}, because nothing was decided in time ({Code}).")]
    public static partial void NotDecided(
        this ILogger<DialerService> log, string dialer, string answer, string code);

    [LoggerMessage(
        4602,
        LogLevel.Warning,
        "A dialer tells the outcome of a call whose slot it gave back, or whose slot is unknown: it is stored anew.")]
    public static partial void StoredAnew(this ILogger<DialerService> log);
}
