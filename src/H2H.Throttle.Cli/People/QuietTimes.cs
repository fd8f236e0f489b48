using System.CommandLine;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary>The option that says when a person does not want to be contacted.</summary>
internal static class QuietTimes
{
    public static Option<PersonQuiet[]> Option() => new("--quiet")
    {
        Description = "\"Not then\", such as \"mon-fri 15:00-17:00; sat-sun all; until=2026-12-31; channel=phone\"; "
            + "may be given several times, and all of them are replaced.",
        HelpName = "times",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result =>
        {
            List<PersonQuiet> quiet = [];
            foreach (string text in result.Tokens.Select(static token => token.Value))
            {
                if (Read(text) is not { } times)
                {
                    result.AddError($"'{text}' has something else than days with hours, until=, channel=, purpose=, "
                        + "topic= and brand=.");
                    return null;
                }

                quiet.Add(times);
            }

            return [.. quiet];
        },
        DefaultValueFactory = static _ => [],
    };

    private static PersonQuiet? Read(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        PersonQuiet quiet = new() { Times = string.Join("; ", parts.Where(static part => !part.Contains('='))) };
        foreach (string part in parts.Where(static part => part.Contains('=')))
        {
            switch (part.Split('=', 2, StringSplitOptions.TrimEntries))
            {
                case ["until", var until]:
                    quiet.Until = until;
                    break;
                case ["channel", var channel]:
                    quiet.Channel = channel;
                    break;
                case ["purpose", var purpose]:
                    quiet.Purpose = purpose;
                    break;
                case ["topic", var topic]:
                    quiet.Topic = topic;
                    break;
                case ["brand", var brand]:
                    quiet.Brand = brand;
                    break;
                default:
                    return null;
            }
        }

        return quiet;
    }
}
