using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Says on standard error what went wrong and how to mend it.</summary>
internal static class Complaint
{
    public static void Show(UnusableException error) => Screen.Error.Line($"[red]{error.Message}[/]");

    public static void Show(ThrottleException error, Conversation with)
    {
        if (with.IsJson)
        {
            Screen.Error.PrintJson(new
            {
                code = error.Status.ToString(),
                reason = error.Reason,
                field = error.Field,
                message = error.Reason is null ? Unheard(error, with) : error.Message,
                violations = error.Violations,
            });
            return;
        }

        if (error.Reason is null)
        {
            Screen.Error.Line($"[red]{Unheard(error, with)}[/]");
            return;
        }

        if (error.Violations.Length > 1)
        {
            foreach (FieldViolation violation in error.Violations)
            {
                Screen.Error.Line($"[red]{violation.Message}[/] ({violation.Reason}{FieldOf(violation.Field)})");
            }
        }
        else
        {
            Screen.Error.Line($"[red]{error.Message}[/] ({error.Reason}{FieldOf(error.Field)})");
        }

        if (AdviceOn(error) is { } advice)
        {
            Screen.Error.Line($"{advice}");
        }
    }

    private static string FieldOf(string? field) => string.IsNullOrEmpty(field) ? "" : $", field {field}";

    // What came from no service of ours.
    private static string Unheard(ThrottleException error, Conversation with) => error.Status switch
    {
        StatusCode.Unavailable =>
            $"No server answers at {with.Address}. Start one with `{Advice.StartServer}`, or say where it is with "
            + "--server or H2H_SERVER.",
        StatusCode.DeadlineExceeded =>
            $"The server at {with.Address} gave no answer within {with.Timeout.TotalSeconds:0.###} s, and may have "
            + "done what it was asked all the same. Repeat the call with the same --request-id, or wait longer with "
            + "--timeout.",
        _ =>
            $"What answers at {with.Address} is not H2H Throttle's gRPC port ({error.Status}: {error.Message}). Say "
            + "where it is with --server or H2H_SERVER.",
    };

    private static string? AdviceOn(ThrottleException error) => error.Reason switch
    {
        "TIME_OUT_OF_RANGE" when error.Field == "at" =>
            $"To ask at other times, start the server with {Advice.TrustTime}.",
        "CHANNEL_UNKNOWN" or "PURPOSE_UNKNOWN" or "OUTCOME_UNKNOWN" => "See what is declared with `h2h policy get`.",
        "CREDENTIALS_MISSING" => "Put your key into the variable H2H_KEY, or name its file with --key-file.",
        "CREDENTIALS_INVALID" => "See which keys there are, as an admin, with `h2h key list`.",
        "KEY_UNKNOWN" => "See which keys there are with `h2h key list`.",
        "RULE_UNKNOWN" => "See the rules with `h2h policy get`.",
        "POLICY_VERSION_CONFLICT" => "See what changed with `h2h policy versions` and `h2h policy get`.",
        _ => null,
    };
}
