using System.CommandLine;
using H2H.Throttle.Cli.Options;

namespace H2H.Throttle.Cli.Contacts;

/// <summary>The option that says what became of a contact.</summary>
internal static class Outcomes
{
    public static Option<string> Option() => Texts.Option(
        "--outcome", "outcome", "What became of it, if known: delivered, no_answer, refused, converted, …");
}
