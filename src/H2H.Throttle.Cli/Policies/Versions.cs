using System.CommandLine;

namespace H2H.Throttle.Cli.Policies;

/// <summary>The option that keeps one author from overwriting another.</summary>
internal static class Versions
{
    public static Option<long> Expected() => new("--expected-version")
    {
        Description = "The version that was edited; if another is in force by now, nothing changes.",
        HelpName = "number",
    };
}
