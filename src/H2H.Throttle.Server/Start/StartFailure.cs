using System.Net.Sockets;
using H2H.Throttle.Engine.Records;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Says in one line why the server could not start, and what to do.</summary>
internal static class StartFailure
{
    /// <summary>Null: nothing that an operator could mend; let it crash with its stack trace.</summary>
    public static string? Explain(Exception error) => error switch
    {
        StoreException => $"The server cannot start: {error.Message}",
        OptionsValidationException options => $"The server cannot start: {string.Join(" ", options.Failures)}",
        IOException { InnerException: AddressInUseException } =>
            $"The server cannot start: {error.Message} Is another server running? "
            + "Choose other ports with --Server:GrpcPort=… and --Server:HttpPort=…",
        SocketException => $"The server cannot start: it may not listen on its ports: {error.Message}",
        FormatException { Source: "Microsoft.Extensions.Configuration.CommandLine" } =>
            $"The server cannot start: {error.Message}",
        _ => null,
    };
}
