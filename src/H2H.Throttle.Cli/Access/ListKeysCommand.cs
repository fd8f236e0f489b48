using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Access;

/// <summary><c>h2h key list</c></summary>
internal sealed class ListKeysCommand() : AskingCommand("list", "Every key, also those revoked, newest first.")
{
    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListKeysResponse answer = await with.Client.Access
            .ListKeysAsync(new ListKeysRequest(), with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        foreach (AccessKey key in answer.Keys)
        {
            KeyView.Show(Screen.Out, key, times);
        }

        if (answer.Keys.Count == 0)
        {
            Screen.Out.Line($"There is no key yet. Make one with `h2h key create NAME --role sender`.");
        }

        return ExitCode.Done;
    }
}
