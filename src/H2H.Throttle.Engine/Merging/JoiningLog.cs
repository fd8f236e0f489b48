using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.Merging;

internal static partial class JoiningLog
{
    [LoggerMessage(
        EventId = 4101,
        Level = LogLevel.Warning,
        Message = "Two people were joined who have more together than one ledger holds; the oldest {Contacts} contacts "
        + "and {Events} events were forgotten.")]
    public static partial void JoinedTooMuch(this ILogger log, int contacts, int events);

    [LoggerMessage(
        EventId = 4102,
        Level = LogLevel.Warning,
        Message = "Two people were joined of whom more request ids are remembered than of one can be; the oldest "
        + "{Count} were forgotten early. Repeating one of those calls counts it twice.")]
    public static partial void JoinedTooManyAnswers(this ILogger log, int count);
}
