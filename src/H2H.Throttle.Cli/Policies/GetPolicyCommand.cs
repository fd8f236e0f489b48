using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy get</c></summary>
internal sealed class GetPolicyCommand : AskingCommand
{
    private readonly Argument<long> version = new("version")
    {
        Description = "Which; otherwise the one in force.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> documentOnly = new("--document")
    {
        Description = "Print the document alone, to the byte: h2h policy get --document > policy.yaml",
    };

    public GetPolicyCommand()
        : base("get", "The policy in force, or another version of it.")
    {
        Add(version);
        Add(documentOnly);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetPolicyRequest request = new() { Version = with.Parsed.GetValue(version) };
        GetPolicyResponse answer = await with.Client.Policies.GetPolicyAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        if (!with.Parsed.GetValue(documentOnly))
        {
            PolicyView.Show(
                Screen.Out, answer.Policy, answer.InForce, await with.TimesAsync(null, cancellation));
            Screen.Out.Line();
        }

        Screen.Out.Print(answer.Policy.Document);
        return ExitCode.Done;
    }
}
