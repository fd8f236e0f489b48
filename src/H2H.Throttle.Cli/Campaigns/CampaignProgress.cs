using System.Globalization;
using H2H.Throttle.Cli.Showing;
using Spectre.Console;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>On standard error, how far a campaign is: a bar for whoever watches, else a line now and then.</summary>
/// <param name="linesTotal">About; null: nobody knows.</param>
/// <param name="tally">What has a verdict.</param>
/// <param name="campaign">Whom the silence is told of.</param>
internal sealed class CampaignProgress(long? linesTotal, CampaignTally tally, Campaign campaign)
{
    private const int RowsMax = 2;
    private const int LinesTold = 100_000;   // where nobody knows of how many

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SilenceTold = TimeSpan.FromSeconds(2);

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly long started = TimeProvider.System.GetTimestamp();

    /// <summary>Returns, or throws, as <paramref name="run"/> does.</summary>
    public Task WatchAsync(Task run) => Screen.Error.IsLive ? DrawAsync(run) : TellAsync(run);

    private async Task DrawAsync(Task run)
    {
        await Screen.Error.Console.Live(Picture(isDone: false)).StartAsync(async live =>
        {
            while (!run.IsCompleted)
            {
                live.UpdateTarget(Picture(isDone: false));
                await Task.WhenAny(run, Task.Delay(Glance, clock));
            }

            live.UpdateTarget(Picture(run.IsCompletedSuccessfully));
        });
        await run;
    }

    /// <param name="isDone">Blank lines, and that of the names, count as lines of a file.</param>
    private Rows Picture(bool isDone)
    {
        int columns = Screen.Error.Width ?? int.MaxValue;
        IEnumerable<string> rows = campaign.Silence > SilenceTold
            ? [$"[yellow]{Silent()}[/]"]
            : Screen.Error.Wrap(ProgressText.Of(tally, Rate, RowsMax * columns), indent: 0).Select(Markup.Escape);
        string? bar = linesTotal is not { } total ? null
            : isDone ? CampaignBar.Line(1, TimeSpan.Zero, columns)
            : CampaignBar.Line((double)tally.Done / Math.Max(1, total), Remaining, columns);
        return new Rows((bar is null ? rows : rows.Prepend(bar)).Select(static row => new Markup(row)));
    }

    private async Task TellAsync(Task run)
    {
        long told = Step();
        bool isSilent = false;
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(Glance, clock));
            if (Step() > told)
            {
                told = Step();
                Screen.Error.Line($"{ProgressText.Of(tally, Rate, int.MaxValue)}");
            }

            if (isSilent != campaign.Silence > SilenceTold)
            {
                isSilent = !isSilent;
                Screen.Error.Line($"{(isSilent ? Silent() : "answers come again")}");
            }
        }

        await run;
    }

    /// <summary>Tenths where it is known of how much.</summary>
    private long Step() => linesTotal is { } total ? 10 * tally.Done / Math.Max(1, total) : tally.Done / LinesTold;

    /// <summary>Lines a second, of those that had no verdict before this start.</summary>
    private double Rate =>
        (tally.Done - tally.Known) / Math.Max(clock.GetElapsedTime(started).TotalSeconds, 0.001);

    /// <summary>Null: nobody knows.</summary>
    private TimeSpan? Remaining => linesTotal is { } total && Rate > 0
        ? TimeSpan.FromSeconds(Math.Max(0, total - tally.Done) / Rate)
        : null;

    private string Silent() => string.Create(
        CultureInfo.InvariantCulture, $"no answer for {campaign.Silence.TotalSeconds:0} s, trying on");
}
