using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Lists;

/// <summary><c>h2h list remove</c></summary>
internal sealed class RemoveListCommand : AskingCommand
{
    private readonly Argument<string> list = new("list") { Description = "The list's name." };

    public RemoveListCommand()
        : base("remove", "Take a suppression list away. Rules that ask for it deny from then on.") => Add(list);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        RemoveSuppressionListRequest request = new() { List = with.Parsed.GetRequiredValue(list) };
        RemoveSuppressionListResponse answer =
            await with.Client.Consent.RemoveSuppressionListAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line($"[bold]Removed[/] {request.List}.");
        return ExitCode.Done;
    }
}
