using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows all that a person said, what no longer holds included.</summary>
internal static class HistoryView
{
    public static void Show(Screen screen, GetConsentResponse answer, TimeText times)
    {
        if (answer.History.Count == 0)
        {
            return;
        }

        screen.Line($"[bold]Said, oldest first[/]");
        if (answer.HistoryForgotten > 0)
        {
            screen.Line($"  [dim]and {answer.HistoryForgotten} times before; the journal has them[/]");
        }

        foreach (ConsentHistoryEntry entry in answer.History)
        {
            string until = entry.Until is { } end ? $" until {times.Write(end)}" : "";
            string source = entry.Source.Length > 0 ? $"  ({entry.Source})" : "";
            string by = entry.By.Length > 0 ? $"  by {entry.By} through {entry.Through}" : "";
            screen.Line($"  {times.Write(entry.At)}  {TextOf(entry)}{until}{source}[dim]{by}[/]");
        }
    }

    private static string TextOf(ConsentHistoryEntry entry)
    {
        string scope = ConsentView.ScopeOf(entry.Scope);
        return entry.Kind switch
        {
            ConsentHistoryKind.OptOut => $"opted out  {scope}",
            ConsentHistoryKind.OptIn => $"opted in   {scope}",
            ConsentHistoryKind.Snooze => $"snoozed    {scope}",
            ConsentHistoryKind.Wake => $"woke up    {scope}",
            ConsentHistoryKind.ConsentGiven => $"agreed     {entry.Consent} for {scope}",
            ConsentHistoryKind.ConsentRevoked => $"revoked    {entry.Consent} for {scope}",
            ConsentHistoryKind.Limits => $"limits     {WishOf(entry)}{scope}",
            ConsentHistoryKind.QuietTimes => $"not then   {WishOf(entry)}{scope}",
            _ => entry.Kind.ToString(),
        };
    }

    private static string WishOf(ConsentHistoryEntry entry) =>
        entry.Wish.Length > 0 ? $"{entry.Wish}  " : "changed  ";
}
