using System.Globalization;
using H2H.Throttle.Cli.Showing;
using Spectre.Console;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>On standard error, for whoever watches, how far a simulation is. Nothing where nobody does.</summary>
internal static class SimulationProgressBar
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns, or throws, as <paramref name="simulation"/> does.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="look">How many people, contacts and refusals there were so far, and what part of 1 is done.</param>
    public static async Task<TResult> WatchAsync<TResult>(
        Task<TResult> simulation, Func<(long People, long Contacts, long Refused, double Share)> look)
    {
        if (Screen.Error.IsLive)
        {
            await Screen.Error.Console.Progress()
                .AutoClear(true)
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn { Width = 24 },
                    new PercentageColumn(),
                    new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    ProgressTask bar = context.AddTask("simulating");
                    while (!simulation.IsCompleted)
                    {
                        (long people, long contacts, long refused, double share) = look();
                        bar.Value = bar.MaxValue * share;
                        bar.Description = string.Create(
                            CultureInfo.InvariantCulture,
                            $"{people:N0} people, {contacts:N0} contacts, [red]{refused:N0} refused[/]");
                        await Task.WhenAny(simulation, Task.Delay(Glance));
                    }
                });
        }

        return await simulation;
    }
}
