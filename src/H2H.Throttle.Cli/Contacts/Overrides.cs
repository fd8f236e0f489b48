using System.CommandLine;
using H2H.Throttle.Cli.Options;

namespace H2H.Throttle.Cli.Contacts;

/// <summary>The option that passes rules which only warn.</summary>
internal static class Overrides
{
    public static Option<string> Option() => Texts.Option(
        "--override-reason", "text", "Why rules that only warn are to be passed; journalled. No personal data.");
}
