using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook list</c></summary>
internal sealed class ListWebhooksCommand() : AskingCommand("list", "Every webhook, and how sending to it goes.")
{
    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListWebhooksResponse answer = await with.Client.Webhooks
            .ListWebhooksAsync(new ListWebhooksRequest(), with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        foreach (Webhook webhook in answer.Webhooks)
        {
            WebhookView.Show(Screen.Out, webhook, times);
        }

        if (answer.Webhooks.Count == 0)
        {
            Screen.Out.Line($"There is no webhook yet. Make one with `h2h webhook create NAME https://…`.");
        }

        return ExitCode.Done;
    }
}
