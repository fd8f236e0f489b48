using System.CommandLine;
using System.Globalization;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary><c>h2h webhook dead</c></summary>
internal sealed class ListDeadLettersCommand : AskingCommand
{
    private readonly Argument<string> name = WebhookOptions.Name();
    private readonly PageOptions page = new();

    public ListDeadLettersCommand()
        : base("dead", "What its receiver did not take, however often it was tried; the oldest first.")
    {
        Add(name);
        page.AddTo(this);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListDeadLettersResponse answer = await with.Client.Webhooks.ListDeadLettersAsync(
            new ListDeadLettersRequest
            {
                Name = with.Parsed.GetRequiredValue(name),
                PageSize = page.Size(with.Parsed),
                PageToken = page.Token(with.Parsed),
            },
            with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        foreach (DeadLetter letter in answer.DeadLetters)
        {
            string position = letter.Position.ToString(CultureInfo.InvariantCulture).PadLeft(6);
            string tries = WebhookView.Number(letter.Tries);
            string at = times.Brief(letter.HappenedAt);
            Screen.Out.Line($"{position}  {at}  [bold]{letter.Kind}[/]  {tries} tries  {letter.Failure}");
        }

        if (answer.DeadLetters.Count == 0)
        {
            Screen.Out.Line($"No dead letters.");
        }
        else
        {
            Screen.Out.Line($"[dim]h2h webhook replay {with.Parsed.GetRequiredValue(name)} sends them again.[/]");
        }

        if (answer.NextPageToken.Length > 0)
        {
            Screen.Out.Line($"[dim]There are more: --page-token {answer.NextPageToken}[/]");
        }

        return ExitCode.Done;
    }
}
