using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(
        4701,
        LogLevel.Information,
        "The receiver of webhook {Webhook} did not take entry {Position} of the journal; it is tried again. {Why}")]
    public static partial void Failing(this ILogger log, string webhook, long position, string why);

    [LoggerMessage(
        4709, LogLevel.Information, "The receiver of webhook {Webhook} takes events again, after {Failures} failures.")]
    public static partial void Back(this ILogger log, string webhook, int failures);

    [LoggerMessage(
        4702,
        LogLevel.Warning,
        "Entry {Position} of the journal is a dead letter of webhook {Webhook} after {Tries} tries. {Why}")]
    public static partial void Died(this ILogger log, string webhook, long position, int tries, string why);

    [LoggerMessage(
        4703,
        LogLevel.Warning,
        "The receiver of webhook {Webhook} says that it is gone; nothing is sent until an admin starts it again.")]
    public static partial void Stopped(this ILogger log, string webhook);

    [LoggerMessage(
        4704, LogLevel.Information, "Another server sends for webhook {Webhook} now, or it was deleted.")]
    public static partial void TurnLost(this ILogger log, string webhook);

    [LoggerMessage(
        4705, LogLevel.Information, "The turn for webhook {Webhook} was not given back; others wait for it. {Why}")]
    public static partial void NotLeft(this ILogger log, string webhook, string why);

    [LoggerMessage(
        4706, LogLevel.Warning, "The store failed while webhook {Webhook} was being sent; it is tried again. {Why}")]
    public static partial void StoreFailed(this ILogger log, string webhook, string why);

    [LoggerMessage(4707, LogLevel.Warning, "Webhooks are not looked at; they will be when the store answers. {Why}")]
    public static partial void NotLookedAt(this ILogger log, string why);

    [LoggerMessage(
        4708, LogLevel.Error, "Sending for webhook {Webhook} broke by a mistake of ours; it begins again at once.")]
    public static partial void Broke(this ILogger log, Exception bug, string webhook);

    [LoggerMessage(
        4710, LogLevel.Error, "Looking at webhooks broke by a mistake of ours; it is done again in a second.")]
    public static partial void LookBroke(this ILogger log, Exception bug);
}
