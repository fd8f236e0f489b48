using System.Globalization;
using H2H.Throttle.Cli.Showing;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>How a campaign ended.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Verdicts">The file with the verdicts.</param>
/// <param name="IsComplete">Every line has its verdict, or a reason why not.</param>
/// <param name="Lines">How many lines that is.</param>
/// <param name="KnownBefore">How many had it before this start.</param>
/// <param name="Allowed">How many are allowed.</param>
/// <param name="Denied">How many are denied, by the first rule in the way.</param>
/// <param name="Errors">How many have no verdict, by why.</param>
/// <param name="Resumed">How often the connection broke.</param>
/// <param name="Seconds">How long this start took.</param>
internal sealed record CampaignReport(
    string Run,
    string Verdicts,
    bool IsComplete,
    long Lines,
    long KnownBefore,
    long Allowed,
    IReadOnlyDictionary<string, long> Denied,
    IReadOnlyDictionary<string, long> Errors,
    int Resumed,
    double Seconds)
{
    private const int WhatMax = 28;
    private const int NumberMax = 12;   // columns: 1,000,000,000

    public void Show(Screen screen)
    {
        string lines = Lines == 1 ? "line" : "lines";
        screen.Line($"{Number(Lines)} {lines}{(IsComplete ? "" : " so far; repeat the command to go on")}");
        Row(screen, "allowed", Allowed);
        Row(screen, "denied", Denied.Values.Sum());
        foreach ((string rule, long count) in Denied)
        {
            Row(screen, $"  {rule}", count);
        }

        Row(screen, "errors", Errors.Values.Sum());
        foreach ((string reason, long count) in Errors)
        {
            Row(screen, $"  {reason}", count);
        }

        double rate = (Lines - KnownBefore) / Math.Max(Seconds, 0.001);
        screen.Line($"  took {Seconds.ToString("N1", CultureInfo.InvariantCulture)} s, {Number((long)rate)} lines/s");
        if (KnownBefore > 0)
        {
            Told(screen, $"{Number(KnownBefore)} lines had their verdict from an earlier start");
        }

        if (Resumed > 0)
        {
            string times = Resumed == 1 ? "once" : $"{Number(Resumed)} times";
            Told(screen, $"the connection broke {times}; nothing was asked twice");
        }

        Told(screen, $"run {Run}, verdicts in {Verdicts}");
    }

    private static void Told(Screen screen, string text)
    {
        foreach (string line in screen.Wrap(text, indent: 2))
        {
            screen.Line($"  {line}");
        }
    }

    private static void Row(Screen screen, string what, long count)
    {
        int room = Math.Min(WhatMax, (screen.Width ?? int.MaxValue) - 2 - 1 - NumberMax);
        screen.Line($"  {what.PadRight(Math.Max(0, room))} {Number(count),NumberMax}");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
