using H2H.Throttle.Cli.Options;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows a decision: the verdict first, then what would change it, then why.</summary>
internal static class DecisionView
{
    public static void Show(Screen screen, Decision decision, TimeText times)
    {
        if (decision.Verdict is Verdict.Allow)
        {
            screen.Line($"[bold green]ALLOW[/]  at {times.Write(decision.EvaluatedAt)}");
        }
        else
        {
            ShowDenial(screen, decision, times);
        }

        ShowAside(
            screen, "warning, overridden", decision.Warnings.Where(static one => !IsOfCalendar(one)), times);
        ShowAside(screen, "warning", decision.Warnings.Where(IsOfCalendar), times);
        ShowAside(screen, "shadow: would deny if it were in force", decision.Shadow, times);
        screen.Line(
            $"  [dim]decided by    {decision.Policy}, version {decision.PolicyVersion}, as {decision.DecisionId}[/]");
    }

    private static void ShowDenial(Screen screen, Decision decision, TimeText times)
    {
        screen.Line($"[bold red]DENY[/]  at {times.Write(decision.EvaluatedAt)}");
        if (decision.NextAllowedAt is { } next)
        {
            string wait = TimeText.Length(Moments.Read(next) - Moments.Read(decision.EvaluatedAt));
            screen.Line($"  next allowed  [bold]{times.WriteStart(next)}[/]  (in {wait})");
        }
        else
        {
            screen.Line($"  next allowed  [bold]never[/]: waiting does not help");
        }

        string channels = decision.AllowedChannels.Count == 0 ? "none" : string.Join(", ", decision.AllowedChannels);
        screen.Line($"  allowed now   {channels}  [dim](other channels for the same contact)[/]");
        foreach (Reason reason in decision.Reasons)
        {
            screen.Line();
            ReasonView.Show(screen, reason, times);
        }

        screen.Line();
    }

    private static bool IsOfCalendar(Reason warning) => warning.Code is ReasonCode.CalendarUnknown;

    private static void ShowAside(Screen screen, string title, IEnumerable<Reason> reasons, TimeText times)
    {
        foreach (Reason reason in reasons)
        {
            screen.Line($"  [yellow]{title}[/]");
            ReasonView.Show(screen, reason, times);
        }
    }
}
