using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook show</c></summary>
internal sealed class ShowWebhookCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();

    public ShowWebhookCommand()
        : base("show", "One webhook, and how sending to it goes.") => Add(name);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetWebhookResponse answer = await with.Client.Webhooks.GetWebhookAsync(
            new GetWebhookRequest { Name = with.Parsed.GetRequiredValue(name) }, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            WebhookView.Show(Screen.Out, answer.Webhook, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
