using Grpc.Core;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Http;

namespace H2H.Throttle.Server.Access;

/// <summary>Whom the journal names for a call.</summary>
internal static class ActingWire
{
    /// <summary>The header by which a program says which it is; nobody checks it.</summary>
    public const string ProgramHeader = "h2h-program";

    private const int ProgramLengthMax = 24;

    /// <summary>Who makes this call, and through what.</summary>
    public static Actor Actor(this ServerCallContext call)
    {
        HttpContext http = call is ConnectCallContext connect ? connect.Http : call.GetHttpContext();
        string name = call.Method[(call.Method.LastIndexOf('/') + 1)..];
        string through = http.Request.Headers[ProgramHeader] is [{ } program] && IsName(program)
            ? $"{program} {name}"
            : name;
        return Doorkeeper.CallerOf(call).Acting(through);
    }

    private static bool IsName(string program) =>
        program.Length is >= 1 and <= ProgramLengthMax
        && program.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');
}
