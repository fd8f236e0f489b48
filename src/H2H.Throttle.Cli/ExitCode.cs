using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using StatusCode = Grpc.Core.StatusCode;

namespace H2H.Throttle.Cli;

/// <summary>What <c>h2h</c> ends with, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>The contact is allowed, or what was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>A policy has mistakes, a scenario failed, or lines of an audience have no verdict.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a file that it names makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>The person may not be contacted.</summary>
    public const int Denied = 3;

    /// <summary>No server answered, or it could not decide.</summary>
    public const int Unreachable = 4;

    /// <summary>The server refused the call and says why.</summary>
    public const int Refused = 5;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;

    public const string Table =
        """
        Exit status:
          0    allowed, or done
          1    a policy has mistakes, a scenario failed, or lines of an audience have no verdict
          2    the command line or a file makes no sense
          3    denied: do not contact the person
          4    no server answered, or it could not decide: nothing is allowed
          5    the server refused the call and says why
          130  interrupted
        """;

    public static int Of(Verdict verdict) => verdict is Verdict.Allow ? Done : Denied;

    public static int Of(ThrottleException error) => error switch
    {
        { Reason: "POLICY_INVALID" } => Failed,
        { Reason: null } => Unreachable,
        { Status: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled } => Unreachable,
        _ => Refused,
    };
}
