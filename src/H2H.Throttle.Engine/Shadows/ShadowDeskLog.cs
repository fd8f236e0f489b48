using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.Shadows;

internal static partial class ShadowDeskLog
{
    [LoggerMessage(
        4401, LogLevel.Warning, "The shadow policy cannot be read, so it counts nothing: {Why} Decisions are as ever.")]
    public static partial void ShadowUnreadable(this ILogger log, string why);
}
