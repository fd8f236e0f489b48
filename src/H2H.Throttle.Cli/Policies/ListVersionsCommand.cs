using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy versions</c></summary>
internal sealed class ListVersionsCommand : AskingCommand
{
    private readonly PageOptions page = new();

    public ListVersionsCommand()
        : base("versions", "Every version ever published, newest first.") => page.AddTo(this);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListPolicyVersionsRequest request = new()
        {
            PageSize = page.Size(with.Parsed), PageToken = page.Token(with.Parsed),
        };
        ListPolicyVersionsResponse answer = await with.Client.Policies
            .ListPolicyVersionsAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        foreach (Policy policy in answer.Policies)
        {
            PolicyView.ShowBrief(Screen.Out, policy, times);
        }

        if (answer.NextPageToken.Length > 0)
        {
            Screen.Out.Line($"[dim]There are more: --page-token {answer.NextPageToken}[/]");
        }

        return ExitCode.Done;
    }
}
