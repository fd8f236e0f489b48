using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook replay</c></summary>
internal sealed class ReplayDeadLettersCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();
    private readonly Argument<long[]> positions = new("position")
    {
        Description = "Which, as `h2h webhook dead` shows them. Otherwise all.", DefaultValueFactory = static _ => [],
    };

    public ReplayDeadLettersCommand()
        : base("replay", "Send its dead letters again, in order, until one is not taken.")
    {
        Add(name);
        Add(positions);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ReplayDeadLettersRequest request = new() { Name = with.Parsed.GetRequiredValue(name) };
        request.Positions.AddRange(with.Parsed.GetValue(positions) ?? []);
        ReplayDeadLettersResponse answer;
        ReplayDeadLettersResponse all = new();
        do
        {
            answer = await with.Client.Webhooks.ReplayDeadLettersAsync(request, with.Call(cancellation));
            answer.Taken += all.Taken;
            all = answer;
        }
        while (answer.FailedDelivery is null && answer.Left > 0 && request.Positions.Count == 0);

        if (with.IsJson)
        {
            Conversation.PrintJson(all);
        }
        else
        {
            Show(all);
        }

        return all.FailedDelivery is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(ReplayDeadLettersResponse all)
    {
        if (all.FailedDelivery is { } failure)
        {
            Screen.Out.Line($"[red]{WebhookView.Number(all.FailedPosition)} was not taken[/]  {failure.Failure}");
        }

        Screen.Out.Line(
            $"{WebhookView.Number(all.Taken)} taken, {WebhookView.Number(all.Left)} dead letters left.");
    }
}
