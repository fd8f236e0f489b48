using System.Globalization;
using H2H.Throttle.Cli.Showing;
using Spectre.Console;

namespace H2H.Throttle.Cli.Replay;

/// <summary>On standard error, how far a replay is: a bar for whoever watches, else a line for every tenth.</summary>
internal sealed class ReplayProgress(int callsTotal, ReplayTally tally, PatientCalls calls)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SilenceTold = TimeSpan.FromSeconds(1);

    /// <summary>Returns, or throws, as <paramref name="replay"/> does.</summary>
    public Task WatchAsync(Task replay) => Screen.Error.IsLive ? DrawAsync(replay) : TellAsync(replay);

    private async Task DrawAsync(Task replay)
    {
        await Screen.Error.Console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("calls", maxValue: callsTotal);
                while (!replay.IsCompleted)
                {
                    Update(bar);
                    await Task.WhenAny(replay, Task.Delay(Glance));
                }

                Update(bar);
            });
        await replay;
    }

    private void Update(ProgressTask bar)
    {
        bar.Value = tally.Done;
        bar.Description = calls.Silence > SilenceTold && tally.Done < callsTotal
            ? string.Create(
                CultureInfo.InvariantCulture, $"[yellow]no answer for {calls.Silence.TotalSeconds:0} s, trying on[/]")
            : string.Create(CultureInfo.InvariantCulture, $"{tally.Done:N0} calls, [red]{tally.Refused:N0} refused[/]");
    }

    private async Task TellAsync(Task replay)
    {
        int told = 0;
        while (!replay.IsCompleted)
        {
            await Task.WhenAny(replay, Task.Delay(Glance));
            told = TellFrom(told);
        }

        TellFrom(told);
        await replay;
    }

    /// <summary>Tells the tenth that is done if it is past <paramref name="told"/>.</summary>
    /// <returns>Which tenth was told last.</returns>
    private int TellFrom(int told)
    {
        int tenths = (int)(10L * tally.Done / Math.Max(callsTotal, 1));
        if (tenths > told)
        {
            Screen.Error.Line($"{tenths * 10,3} %  {tally.Done:N0} calls, {tally.Refused:N0} refused");
        }

        return tenths;
    }
}
