using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook update</c>, and <c>pause</c> and <c>resume</c>, which are one change of it each.</summary>
internal sealed class UpdateWebhookCommand : AskingCommand
{
    private readonly bool? paused;
    private readonly Argument<string> name = WebhookOptions.Name();
    private readonly Option<string> url = Texts.Option("--url", "url", "Where events are sent to from now on.");
    private readonly WebhookOptions options = new();

    private UpdateWebhookCommand(string command, string description, bool? paused)
        : base(command, description)
    {
        this.paused = paused;
        Add(name);
        if (paused is null)
        {
            Add(url);
            options.AddTo(this);
        }
    }

    public static UpdateWebhookCommand Update() => new(
        "update", "Change where and of what it is told. What waits for its next try is tried at once.", null);

    public static UpdateWebhookCommand Pause() => new("pause", "Send nothing until resume; events wait.", true);

    public static UpdateWebhookCommand Resume() => new(
        "resume", "Send again what waits, after pause or after the receiver said that it was gone.", false);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        UpdateWebhookRequest request = new()
        {
            Webhook = new() { Name = with.Parsed.GetRequiredValue(name) },
            UpdateMask = new FieldMask(),
        };
        if (paused is { } holds)
        {
            request.Webhook.Paused = holds;
            request.UpdateMask.Paths.Add("paused");
        }
        else
        {
            request.UpdateMask.Paths.AddRange(options.Read(with.Parsed, request.Webhook));
            request.Webhook.Url = with.Parsed.GetRequiredValue(url);
            request.UpdateMask.Paths.AddRange(request.Webhook.Url.Length > 0 ? ["url"] : []);
            if (request.UpdateMask.Paths.Count == 0)
            {
                throw new UnusableException("Say what to change: --url, --kind, --brand.");
            }
        }

        UpdateWebhookResponse answer = await with.Client.Webhooks
            .UpdateWebhookAsync(request, with.Call(cancellation));

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
