using H2H.Throttle.Cli.Showing;
using Spectre.Console;

namespace H2H.Throttle.Cli.Lists;

/// <summary>On standard error, how much of the file was taken: a bar for whoever watches, else nothing.</summary>
internal static class ImportProgressBar
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns, or throws, as <paramref name="import"/> does.</summary>
    public static async Task WatchAsync(Task import, Importer importer, long bytes)
    {
        if (Screen.Error.IsLive && bytes > 0)
        {
            await Screen.Error.Console.Progress()
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn { Width = 24 },
                    new PercentageColumn(),
                    new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    ProgressTask bar = context.AddTask("sending", maxValue: bytes);
                    while (!import.IsCompleted)
                    {
                        bar.Value = importer.BytesSent;
                        bar.Description = importer.BytesSent == bytes ? "switching" : "sending";
                        await Task.WhenAny(import, Task.Delay(Glance));
                    }
                });
        }

        await import;
    }
}
