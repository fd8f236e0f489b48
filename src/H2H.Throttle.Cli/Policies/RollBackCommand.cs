using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy rollback</c></summary>
internal sealed class RollBackCommand : AskingCommand
{
    private readonly Argument<long> version = new("version")
    {
        Description = "Which to publish again; otherwise the one before what is in force.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> comment = Texts.Option(
        "--comment", "text", "Why, for those who read the list of versions.");

    private readonly Option<long> expectedVersion = Versions.Expected();
    private readonly Option<string> requestId = Texts.RequestId();

    public RollBackCommand()
        : base("rollback", "Put an older version in force again, as a new version with a link to it.")
    {
        Add(version);
        Add(comment);
        Add(expectedVersion);
        Add(requestId);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        RollBackPolicyRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            Version = with.Parsed.GetValue(version),
            Comment = with.Parsed.GetRequiredValue(comment),
            ExpectedVersion = with.Parsed.GetValue(expectedVersion),
        };
        RollBackPolicyResponse answer = await with.Client.Policies.RollBackPolicyAsync(
            request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Line($"Version {answer.Policy.Restores} is in force again, as version {answer.Policy.Version}.");
            PolicyView.Show(Screen.Out, answer.Policy, isInForce: true, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
