using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Server.Errors;

internal static partial class CallErrorsLog
{
    [LoggerMessage(100, LogLevel.Error, "{Method} failed under {ErrorId}.")]
    public static partial void Failed(this ILogger<CallErrors> log, string method, string errorId, Exception error);

    [LoggerMessage(101, LogLevel.Error, "{Method} was not answered: the store failed ({Failure}).")]
    public static partial void StoreFailed(
        this ILogger<CallErrors> log, string method, StoreFailure failure, Exception error);
}
