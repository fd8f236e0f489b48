using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy shadow publish</c></summary>
internal sealed class PublishShadowCommand : AskingCommand
{
    private readonly Argument<string> file = new("file") { Description = "The policy document; - is standard input." };
    private readonly Option<string> comment = Texts.Option("--comment", "text", "Why, for those who look at it.");

    public PublishShadowCommand()
        : base("publish", "Ask a whole policy beside the one in force: it decides nothing, and what it would do is "
            + "counted.")
    {
        Add(file);
        Add(comment);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        string path = with.Parsed.GetRequiredValue(file);
        PublishShadowPolicyRequest request = new()
        {
            Document = await DocumentFile.ReadAsync(path, cancellation),
            Comment = with.Parsed.GetRequiredValue(comment),
        };
        PublishShadowPolicyResponse answer;
        try
        {
            answer = await with.Client.Policies.PublishShadowPolicyAsync(request, with.Call(cancellation));
        }
        catch (ThrottleException error) when (error.Reason == "POLICY_INVALID" && !with.IsJson)
        {
            Mistakes.Show(path, error);
            Screen.Error.Line($"Nothing was published.");
            return ExitCode.Failed;
        }

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            ShadowPolicy shadow = answer.Shadow;
            Screen.Out.Line($"[bold]{shadow.Name}[/] is asked beside the policy in force, and decides nothing.");
            Screen.Out.Line($"  rules  {string.Join(", ", shadow.Rules)}");
            Screen.Out.Line($"[dim]h2h policy shadow show tells what it would have done.[/]");
        }

        return ExitCode.Done;
    }
}
