using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Archives;
using Spectre.Console;

namespace H2H.Throttle.Cli.Stores;

/// <summary>On standard error, for whoever watches, how far a transfer is. Nothing where nobody does.</summary>
internal static class TransferProgress
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns, or throws, as <paramref name="transfer"/> does.</summary>
    /// <param name="what">What is done, in the past.</param>
    /// <param name="tally">How far it is.</param>
    /// <param name="count">How much there is, about.</param>
    /// <param name="transfer">What runs.</param>
    public static async Task WatchAsync(string what, TransferTally tally, long count, Task transfer)
    {
        if (Screen.Error.IsLive)
        {
            await Screen.Error.Console.Progress()
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn { Width = 24 },
                    new PercentageColumn(),
                    new RemainingTimeColumn())
                .StartAsync(context => DrawAsync(context, what, tally, count, transfer));
        }

        await transfer;
    }

    private static async Task DrawAsync(
        ProgressContext context, string what, TransferTally tally, long count, Task transfer)
    {
        ProgressTask bar = context.AddTask(what, maxValue: long.Max(count, 1));
        while (!transfer.IsCompleted)
        {
            Update(bar, what, tally);
            await Task.WhenAny(transfer, Task.Delay(Glance));
        }

        Update(bar, what, tally);
        if (transfer.IsCompletedSuccessfully)
        {
            bar.Value = bar.MaxValue;
        }
    }

    private static void Update(ProgressTask bar, string what, TransferTally tally)
    {
        bar.Description = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{what} {tally.Records:N0} records, {tally.Entries:N0} entries");
        bar.Value = tally.Records + tally.Entries;
    }
}
