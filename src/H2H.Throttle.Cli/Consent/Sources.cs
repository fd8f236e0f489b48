using System.CommandLine;
using H2H.Throttle.Cli.Options;

namespace H2H.Throttle.Cli.Consent;

/// <summary>The option that says where a person said something.</summary>
internal static class Sources
{
    public static Option<string> Option() => Texts.Option(
        "--source", "text", "Where the person said so, such as \"sms STOP\". No personal data.");
}
