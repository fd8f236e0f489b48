using System.CommandLine;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Cli.Options;

/// <summary>Options that take elapsed time, in the words of the policy language: <c>15m</c>, <c>24h</c>.</summary>
internal static class Spans
{
    public static Option<Duration?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "span",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (WindowText.TryRead($"rolling {text}", out Window? window) && window is Window.Rolling rolling)
            {
                return rolling.Span;
            }

            result.AddError($"'{text}' is not a span of time. Write 90s, 15m, 24h, 7d or PT15M.");
            return null;
        },
    };
}
