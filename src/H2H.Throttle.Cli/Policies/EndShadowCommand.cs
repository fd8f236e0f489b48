using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy shadow end</c></summary>
internal sealed class EndShadowCommand : AskingCommand
{
    public EndShadowCommand()
        : base("end", "Ask no other policy beside the one in force any more.")
    {
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        EndShadowPolicyResponse answer = await with.Client.Policies.EndShadowPolicyAsync(
            new EndShadowPolicyRequest(), with.Call(cancellation));
        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Line($"No policy is asked beside the one in force.");
        }

        return ExitCode.Done;
    }
}
