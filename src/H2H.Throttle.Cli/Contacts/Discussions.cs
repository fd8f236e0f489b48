using System.CommandLine;

namespace H2H.Throttle.Cli.Contacts;

/// <summary>The option that tells what was talked about.</summary>
internal static class Discussions
{
    public static Option<string[]> Option() => new("--discussed")
    {
        Description = "What was talked about, if that is not what the contact was placed for (--subject): a debt, "
            + "product or case; may be given several times.",
        HelpName = "subject",
        Arity = ArgumentArity.OneOrMore,
    };
}
