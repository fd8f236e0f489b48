using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Policies;

/// <summary>Shows what a server found wrong in a document.</summary>
internal static class Mistakes
{
    /// <summary>What names the file is more use than what names the request's field.</summary>
    public static void Show(string path, ThrottleException error)
    {
        foreach (FieldViolation mistake in error.Violations)
        {
            string place = mistake.Field.Replace("document:", "", StringComparison.Ordinal);
            string message = mistake.Message.Replace($"{place}: ", "", StringComparison.Ordinal);
            Screen.Error.Line($"[bold]{path}:{place}:[/] [red]error:[/] {message}");
        }
    }
}
