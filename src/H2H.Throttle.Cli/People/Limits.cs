using System.CommandLine;
using System.Globalization;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary>The option that takes a person's own limit.</summary>
internal static class Limits
{
    private const string Form = 
        "Write it as \"2 in calendar week\" or \"1 in rolling 24h; channel=email; topic=offers\".";

    public static Option<PersonLimit[]> Option() => new("--limit")
    {
        Description = "\"At most so many\", such as \"2 in calendar week\" or \"1 in rolling 24h; channel=email\"; "
            + "may be given several times, and all of them are replaced.",
        HelpName = "limit",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result =>
        {
            List<PersonLimit> limits = [];
            foreach (string text in result.Tokens.Select(static token => token.Value))
            {
                if (Read(text) is not { } limit)
                {
                    result.AddError($"'{text}' is not a limit. {Form}");
                    return null;
                }

                limits.Add(limit);
            }

            return [.. limits];
        },
        DefaultValueFactory = static _ => [],
    };

    private static PersonLimit? Read(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries);
        string[] words = parts[0].Split(" in ", 2, StringSplitOptions.TrimEntries);
        if (words.Length < 2
            || !int.TryParse(words[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int cap))
        {
            return null;
        }

        PersonLimit limit = new() { Cap = cap, Window = words[1] };
        foreach (string part in parts.Skip(1))
        {
            switch (part.Split('=', 2, StringSplitOptions.TrimEntries))
            {
                case ["channel", var channel]:
                    limit.Channel = channel;
                    break;
                case ["purpose", var purpose]:
                    limit.Purpose = purpose;
                    break;
                case ["topic", var topic]:
                    limit.Topic = topic;
                    break;
                case ["brand", var brand]:
                    limit.Brand = brand;
                    break;
                default:
                    return null;
            }
        }

        return limit;
    }
}
