using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Pools;

/// <summary><c>h2h pool show</c></summary>
internal sealed class ShowPoolCommand : AskingCommand
{
    private readonly Argument<string> kind = PoolArguments.Kind();
    private readonly Argument<string> pool = PoolArguments.Pool();

    public ShowPoolCommand()
        : base("show", "How many are in a pool, and how many contacts of theirs are known.")
    {
        Add(kind);
        Add(pool);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetPoolRequest request = new()
        {
            Kind = with.Parsed.GetRequiredValue(kind),
            PoolId = with.Parsed.GetRequiredValue(pool),
        };
        GetPoolResponse answer = await with.Client.People.GetPoolAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            PoolView.Show(Screen.Out, answer.Pool);
        }

        return ExitCode.Done;
    }
}
