using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Says why the server could not start, and what to do.</summary>
internal static class StartFailure
{
    /// <summary>Null: nothing that an operator could mend; let it crash with its stack trace.</summary>
    public static string? Explain(Exception error) => Reason(error) is { } reason
        ? $"The server cannot start: {reason}"
        : null;

    private static string? Reason(Exception error) => error switch
    {
        StartException or StoreException or IdentityKeyException or ValidationException => error.Message,
        OptionsValidationException options => string.Join(" ", options.Failures),
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} Is another server running? "
            + "Choose other ports with --Server:GrpcPort=… and --Server:HttpPort=…",
        SocketException => $"it may not listen on its ports: {error.Message}",
        FormatException { Source: "Microsoft.Extensions.Configuration.CommandLine" } => error.Message,
        _ => null,
    };
}
