using Microsoft.Extensions.Logging.Console;

namespace H2H.Throttle.Server.Start;

/// <summary>One line an event, on standard error, so that standard output holds what a person asked for.</summary>
/// <remarks>The section <c>Logging</c> of the configuration has the last word on levels.</remarks>
internal static class QuietConsole
{
    public static ILoggerFactory Open(IConfiguration configuration) => LoggerFactory.Create(logging =>
    {
        logging.AddSimpleConsole(static format =>
        {
            format.SingleLine = true;
            format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            format.UseUtcTimestamp = true;
            format.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(
            static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);

        // It has nothing to say from Warning on, and makes an Activity of every request while it may speak at all.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // It shouts at every request that is not protobuf; what services throw is logged by CallErrors.
        logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical);

        // A failed start is told in one line by StartFailure.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConfiguration(configuration.GetSection("Logging"));
    });
}
