using System.Globalization;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary>Shows what rules that decide nothing would have done.</summary>
internal static class ShadowCountsView
{
    private const int BarWidth = 24;

    public static void Show(Screen screen, string what, ShadowCounts counts, bool isWhole, TimeText times)
    {
        screen.Line($"[bold]{what}[/]");
        if (counts.Since is null)
        {
            screen.Line($"  no reservation was counted yet");
            return;
        }

        screen.Line($"  since           {times.Write(counts.Since)}");
        screen.Line($"  reservations    {Number(counts.Asked),10}");
        string refused = Share(counts.WouldRefuse, counts.Asked);
        screen.Line($"  would refuse    {Number(counts.WouldRefuse),10}  {refused} of them, which were allowed");
        if (isWhole)
        {
            string allowed = Share(counts.WouldAllow, counts.Asked);
            screen.Line($"  would allow     {Number(counts.WouldAllow),10}  {allowed} of them, which were refused");
        }

        long most = counts.Rules.Select(static rule => rule.Contacts).DefaultIfEmpty().Max();
        foreach (ShadowRule rule in counts.Rules)
        {
            int filled = (int)Math.Max(1, BarWidth * rule.Contacts / Math.Max(1, most));
            string bar = new string('▒', filled).PadRight(BarWidth);
            screen.Line($"  {rule.Rule,-24}  [red]{bar}[/]{Number(rule.Contacts),10}  alone {Number(rule.Alone)}");
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long part, long whole) => whole == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");
}
