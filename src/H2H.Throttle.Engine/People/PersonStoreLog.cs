using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.People;

internal static partial class PersonStoreLog
{
    [LoggerMessage(
        EventId = 1001,
        Level = LogLevel.Error,
        Message = "The clock is {Seconds} seconds behind a time at which a person was already dealt with; it was "
        + "held still for them. Set the clock.")]
    public static partial void ClockBehind(this ILogger log, long seconds);

    [LoggerMessage(
        EventId = 1002,
        Level = LogLevel.Debug,
        Message = "A person has more denials and other answers with request ids than are remembered; the oldest "
        + "{Count} were forgotten early. Nothing can count twice by that.")]
    public static partial void AnswersDropped(this ILogger log, int count);

    [LoggerMessage(
        EventId = 1003,
        Level = LogLevel.Warning,
        Message = "A person's ledger is full; its oldest contact was forgotten to record a new one.")]
    public static partial void ContactDropped(this ILogger log);
}
