using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook rotate-secret</c></summary>
internal sealed class RotateWebhookSecretCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();
    private readonly Option<bool> compromised = new("--compromised")
    {
        Description = "Somebody found the secret out: it signs nothing any more from now on.",
    };

    private readonly Option<Duration?> keep = Spans.Option(
        "--keep-former-for", "How long the secret before goes on signing beside the new one. Default 24h.");

    public RotateWebhookSecretCommand()
        : base(
            "rotate-secret",
            "Give it a new secret, which is printed once. Tell the receiver before the old one ends.")
    {
        Add(name);
        Add(keep);
        Add(compromised);
        Validators.Add(result =>
        {
            if (result.GetResult(keep) is not null && result.GetResult(compromised) is not null)
            {
                result.AddError("Give --keep-former-for or --compromised, not both.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        Duration? kept = with.Parsed.GetValue(compromised) ? Duration.Zero : with.Parsed.GetValue(keep);
        RotateWebhookSecretResponse answer = await with.Client.Webhooks.RotateWebhookSecretAsync(
            new RotateWebhookSecretRequest
            {
                Name = with.Parsed.GetRequiredValue(name), KeepFormerFor = kept?.ToTimeSpan().ToDuration(),
            },
            with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        string former = answer.Webhook.FormerSecretUntil is { } until
            ? $"The secret before signs too until {times.Write(until)}."
            : "The secret before signs nothing any more.";
        Screen.Error.Line($"Keep this secret and give it to the receiver; it is not shown again. {former}");
        Screen.Out.Print($"{answer.Secret}\n");
        return ExitCode.Done;
    }
}
