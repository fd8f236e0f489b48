namespace H2H.Throttle.Server.PublicPages;

/// <summary>What is logged of pages; never a token or a person.</summary>
internal static partial class PublicLog
{
    [LoggerMessage(4201, LogLevel.Warning, "A page could not be shown.")]
    public static partial void PageFailed(this ILogger<PublicMiddleware> log, Exception error);
}
