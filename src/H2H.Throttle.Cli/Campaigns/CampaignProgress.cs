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
    private const int ReasonsMax = 3;
    private const int LinesTold = 100_000;   // where nobody knows of how many

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SilenceTold = TimeSpan.FromSeconds(2);

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly long started = TimeProvider.System.GetTimestamp();

    /// <summary>Returns, or throws, as <paramref name="run"/> does.</summary>
    public Task WatchAsync(Task run) => Screen.Error.IsLive ? DrawAsync(run) : TellAsync(run);

    private async Task DrawAsync(Task run)
    {
        ProgressColumn[] columns = linesTotal is null
            ? [new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }]
            :
            [
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                new RemainingColumn(() => Remaining),
            ];
        await Screen.Error.Console.Progress().Columns(columns).StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask("asking", maxValue: Math.Max(1, linesTotal ?? 1));
            bar.IsIndeterminate = linesTotal is null;
            while (!run.IsCompleted)
            {
                Update(bar);
                await Task.WhenAny(run, Task.Delay(Glance, clock));
            }

            Update(bar);
            if (run.IsCompletedSuccessfully)
            {
                bar.Value = bar.MaxValue;   // blank lines and that of the names count as lines of a file
            }
        });
        await run;
    }

    private void Update(ProgressTask bar)
    {
        bar.Value = tally.Done;
        bar.Description = campaign.Silence > SilenceTold
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"[yellow]no answer for {campaign.Silence.TotalSeconds:0} s, trying on[/]")
            : Markup.Escape(Text());
    }

    private async Task TellAsync(Task run)
    {
        long told = Step();
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(Glance, clock));
            if (Step() > told)
            {
                told = Step();
                Screen.Error.Line($"{Text()}");
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

    private string Text()
    {
        string reasons = string.Concat(tally.Denials.Take(ReasonsMax).Select(static one =>
            string.Create(CultureInfo.InvariantCulture, $", {one.Key} {one.Value:N0}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Done:N0} lines, {Rate:N0}/s, allowed {tally.Allowed:N0}{reasons}");
    }
}
