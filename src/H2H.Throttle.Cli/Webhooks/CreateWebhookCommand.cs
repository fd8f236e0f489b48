using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook create</c></summary>
internal sealed class CreateWebhookCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();
    private readonly Argument<string> url = new("url") { Description = "Where events are sent to: https://…" };
    private readonly WebhookOptions options = new();
    private readonly Option<bool> paused = new("--paused") { Description = "Send nothing yet; events wait." };
    private readonly Option<long?> after = new("--after")
    {
        Description = "Begin after this position of the journal, 0 for the first entry; otherwise what is to come.",
        HelpName = "position",
    };

    public CreateWebhookCommand()
        : base("create", "Tell a receiver of what happens. Its secret is printed once; nobody can tell it again.")
    {
        Add(name);
        Add(url);
        options.AddTo(this);
        Add(paused);
        Add(after);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        CreateWebhookRequest request = new()
        {
            Webhook = new()
            {
                Name = with.Parsed.GetRequiredValue(name),
                Url = with.Parsed.GetRequiredValue(url),
                Paused = with.Parsed.GetValue(paused),
            },
        };
        options.Read(with.Parsed, request.Webhook);
        if (with.Parsed.GetValue(after) is { } position)
        {
            request.After = position;
        }

        CreateWebhookResponse answer = await with.Client.Webhooks
            .CreateWebhookAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        // Only the secret goes to standard output, so that a script can keep it.
        WebhookView.Show(Screen.Error, answer.Webhook, await with.TimesAsync(null, cancellation));
        Screen.Error.Line($"Keep this secret and give it to the receiver; it is not shown again.");
        Screen.Out.Print($"{answer.Secret}\n");
        return ExitCode.Done;
    }
}
