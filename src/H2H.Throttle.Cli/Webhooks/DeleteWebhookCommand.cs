using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook delete</c></summary>
internal sealed class DeleteWebhookCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();

    public DeleteWebhookCommand()
        : base("delete", "Tell the receiver no more; its dead letters go, too.") => Add(name);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        string deleted = with.Parsed.GetRequiredValue(name);
        DeleteWebhookResponse answer = await with.Client.Webhooks.DeleteWebhookAsync(
            new DeleteWebhookRequest { Name = deleted }, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Line($"{deleted} is deleted.");
        }

        return ExitCode.Done;
    }
}
