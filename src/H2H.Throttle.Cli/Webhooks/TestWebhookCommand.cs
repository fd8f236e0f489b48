using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook test</c></summary>
internal sealed class TestWebhookCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();

    public TestWebhookCommand()
        : base("test", "Send it an event that stands for nothing, once, and tell how that went.") => Add(name);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        TestWebhookResponse answer = await with.Client.Webhooks.TestWebhookAsync(
            new TestWebhookRequest { Name = with.Parsed.GetRequiredValue(name) }, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            WebhookView.Show(Screen.Out, answer.Delivery);
        }

        return answer.Delivery.Taken ? ExitCode.Done : ExitCode.Failed;
    }
}
