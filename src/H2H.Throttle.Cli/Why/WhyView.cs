using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Spectre.Console;

namespace H2H.Throttle.Cli.Why;

/// <summary>Shows an explanation: the verdict, a picture, sentences to read out, and what would change it.</summary>
internal static class WhyView
{
    public static void Show(Screen screen, ExplainResponse answer, TimeText times, int width)
    {
        Explanation explanation = answer.Explanation;
        bool isAllowed = answer.Decision.Verdict is Verdict.Allow;
        string at = times.Write(answer.Decision.EvaluatedAt);
        screen.Line($"[bold {(isAllowed ? "green" : "red")}]{(isAllowed ? "ALLOW" : "DENY")}[/]  at {at}");
        screen.Line();
        new WhyPicture(answer, times.Zone, width).Draw(screen);
        screen.Line();
        foreach (string sentence in explanation.Sentences)
        {
            Item(screen, "", sentence);
        }

        if (explanation.Changes.Count > 0)
        {
            screen.Line();
            screen.Line($"[bold]What would change it[/]");
            foreach (Change change in explanation.Changes)
            {
                Item(screen, "•", change.Message);
            }
        }
        else if (!isAllowed)
        {
            screen.Line();
            screen.Line($"[bold]No single change would allow it.[/]");
        }

        ShowOthers(screen, explanation);
        screen.Line(
            $"[dim]Decided by {answer.Decision.Policy}, version {answer.Decision.PolicyVersion}.[/]");
    }

    private static void ShowOthers(Screen screen, Explanation explanation)
    {
        RuleFinding[] others =
        [
            .. explanation.Rules.Where(static rule =>
                !rule.Violated && (WhyPicture.IsDrawn(rule) || !rule.AlwaysInForce)),
        ];
        if (others.Length == 0)
        {
            screen.Line();
            return;
        }

        screen.Line();
        screen.Line($"[bold]Not in the way[/]");
        foreach (RuleFinding rule in others)
        {
            Item(screen, rule.Standing is RuleStanding.Governs ? "✓" : "·", $"{rule.Rule}: {rule.Message}");
        }

        screen.Line();
    }

    private static void Item(Screen screen, string sign, string text)
    {
        string start = sign.Length == 0 ? "" : $"{sign} ";
        foreach (string line in screen.Wrap(text, start.Length))
        {
            screen.Console.Write(new Text($"{start}{line}\n"));
            start = new string(' ', start.Length);
        }
    }
}
