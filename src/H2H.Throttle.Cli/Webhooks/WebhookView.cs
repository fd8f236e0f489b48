using System.Globalization;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary>Shows a webhook, and how sending to it goes.</summary>
internal static class WebhookView
{
    public static void Show(Screen screen, Webhook webhook, TimeText times)
    {
        WebhookProgress progress = webhook.Progress;
        string kinds = webhook.Kinds.Count == 0 ? "every kind" : string.Join(", ", webhook.Kinds);
        string brands = webhook.Brands.Count == 0 ? "" : $"of {string.Join(", ", webhook.Brands)}";
        string last = progress.LastTakenAt is { } taken ? $"last taken {times.Write(taken)}" : "nothing taken yet";
        screen.Line($"[bold]{webhook.Name}[/]  {StandingOf(webhook)}  {webhook.Url}");
        screen.Line($"  [dim]{Words.Join(kinds, brands)}; up to {Number(progress.Position)}, {last}[/]");
        if (progress.Failures > 0)
        {
            string next = progress.NextTryAt is { } at ? $"next try {times.Write(at)}" : "";
            screen.Line($"  [red]failing[/]  {Number(progress.Failures)} tries; {next}  {progress.Failure}");
        }

        if (progress.DeadLetters > 0)
        {
            screen.Line(
                $"  [yellow]dead letters[/]  {Number(progress.DeadLetters)}  [dim]h2h webhook dead {webhook.Name}[/]");
        }
    }

    /// <summary>How a single try went; false: it was not taken.</summary>
    public static bool Show(Screen screen, WebhookDelivery delivery)
    {
        if (delivery.Taken)
        {
            screen.Line($"[green]taken[/]  HTTP {Number(delivery.Status)}");
        }
        else
        {
            screen.Line($"[red]not taken[/]  {delivery.Failure}");
        }

        return delivery.Taken;
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string StandingOf(Webhook webhook) => webhook.Standing switch
    {
        WebhookStanding.Active => "active",
        WebhookStanding.Paused => "paused",
        WebhookStanding.Stopped => "stopped: the receiver is gone",
        _ => "",
    };
}
