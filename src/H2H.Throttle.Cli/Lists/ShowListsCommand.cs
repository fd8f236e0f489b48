using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Lists;

/// <summary><c>h2h list show</c></summary>
internal sealed class ShowListsCommand() : AskingCommand("show", "The suppression lists in use, and how old they are.")
{
    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListSuppressionListsResponse answer = await with.Client.Consent.ListSuppressionListsAsync(
            new ListSuppressionListsRequest(), with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        if (answer.Lists.Count == 0)
        {
            Screen.Out.Line($"There is no suppression list. Load one with `h2h list import`.");
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        foreach (SuppressionList list in answer.Lists)
        {
            ListView.Show(Screen.Out, list, times);
        }

        return ExitCode.Done;
    }
}
