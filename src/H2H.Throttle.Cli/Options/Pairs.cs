using System.CommandLine;

namespace H2H.Throttle.Cli.Options;

/// <summary>Options that take <c>key=value</c>, any number of times.</summary>
internal static class Pairs
{
    public static Option<KeyValuePair<string, string>[]> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "key=value",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result =>
        {
            List<KeyValuePair<string, string>> pairs = [];
            foreach (string text in result.Tokens.Select(static token => token.Value))
            {
                int equals = text.IndexOf('=', StringComparison.Ordinal);
                string key = equals < 0 ? "" : text[..equals];
                if (key.Length == 0 || pairs.Any(pair => pair.Key == key))
                {
                    result.AddError(key.Length == 0
                        ? $"'{text}' is not of the form key=value."
                        : $"'{key}' is given twice.");
                    return null;
                }

                pairs.Add(new KeyValuePair<string, string>(key, text[(equals + 1)..]));
            }

            return [.. pairs];
        },
        DefaultValueFactory = static _ => [],
    };
}
