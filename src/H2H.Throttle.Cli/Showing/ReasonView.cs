using System.Globalization;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows one rule that stands in the way, with its numbers and the contacts that counted.</summary>
internal static class ReasonView
{
    public static void Show(Screen screen, Reason reason, TimeText times)
    {
        screen.Line($"  [bold]{reason.Rule}[/]  [red]{Words.Of(reason.Code)}[/]{NumbersOf(reason)}");
        screen.Line($"    {reason.Message}");
        string free = reason.Never ? "never, by waiting" : $"from {times.WriteStart(reason.FreeAt)}";
        screen.Line($"    [dim]free again {free}[/]");
        if (reason.Overridable)
        {
            screen.Line($"    [yellow]only warns[/]: give --override-reason if there is a good one; it is journalled");
        }

        foreach (CountedContact contact in reason.Counted)
        {
            string traits = Words.Join(contact.Channel, contact.Purpose, contact.Brand, contact.Campaign);
            string weight = contact.Weight == 1 ? "" : string.Create(
                CultureInfo.InvariantCulture, $", weighs {contact.Weight}");
            string what = $"{traits}  {Words.Of(contact.State)}{weight}";
            screen.Line($"    [dim]counted[/]  {times.Brief(contact.At)}  {what}  [dim]{contact.ContactId}[/]");
        }
    }

    /// <summary>The rules that a contact exceeds although it was made.</summary>
    public static void ShowOvershoot(Screen screen, IReadOnlyCollection<Reason> overshoot, TimeText times)
    {
        if (overshoot.Count == 0)
        {
            return;
        }

        screen.Line($"  [yellow]It exceeds:[/]");
        foreach (Reason reason in overshoot)
        {
            Show(screen, reason, times);
        }
    }

    private static string NumbersOf(Reason reason)
    {
        string window = reason.Window.Length == 0 ? "" : $" in {reason.Window}";
        return reason switch
        {
            { Code: ReasonCode.TooSoon } => $"  at least {DistanceOf(reason.Window)} apart",
            { HasLimit: true, Limit: 0 } => $"  blocked{window}",
            { HasLimit: true } => string.Create(
                CultureInfo.InvariantCulture, $"  {reason.Used} of {reason.Limit}{window}"),
            { Window.Length: > 0 } => $"  {reason.Window}",
            _ => "",
        };
    }

    /// <summary>Without its first word, <c>rolling</c> or <c>last</c>, a gap's window is a distance.</summary>
    private static string DistanceOf(string window) => window[(window.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
