using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Pools;

/// <summary><c>h2h pool join</c></summary>
internal sealed class JoinPoolCommand : AskingCommand
{
    private readonly Argument<string> kind = PoolArguments.Kind();
    private readonly Argument<string> pool = PoolArguments.Pool();
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public JoinPoolCommand()
        : base("join", "Put a person into a pool; their contacts count for it from now on.")
    {
        Add(kind);
        Add(pool);
        Add(person);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        JoinPoolRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Kind = with.Parsed.GetRequiredValue(kind),
            PoolId = with.Parsed.GetRequiredValue(pool),
            At = with.Parsed.GetValue(at),
        };
        JoinPoolResponse answer = await with.Client.People.JoinPoolAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            PoolView.Show(Screen.Out, answer.Pools);
        }

        return ExitCode.Done;
    }
}
