using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy publish</c></summary>
internal sealed class PublishCommand : AskingCommand
{
    private readonly Argument<string> file = new("file") { Description = "The policy document; - is standard input." };
    private readonly Option<string> comment = Texts.Option(
        "--comment", "text", "Why, for those who read the list of versions.");

    private readonly Option<long> expectedVersion = Versions.Expected();
    private readonly Option<string> requestId = Texts.RequestId();

    public PublishCommand()
        : base("publish", "Make a document the policy in force, at once and whole. One with mistakes changes nothing.")
    {
        Add(file);
        Add(comment);
        Add(expectedVersion);
        Add(requestId);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        string path = with.Parsed.GetRequiredValue(file);
        PublishPolicyRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            Document = await DocumentFile.ReadAsync(path, cancellation),
            Comment = with.Parsed.GetRequiredValue(comment),
            ExpectedVersion = with.Parsed.GetValue(expectedVersion),
        };
        PublishPolicyResponse answer;
        try
        {
            answer = await with.Client.Policies.PublishPolicyAsync(request, with.Call(cancellation));
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
            WarningView.Show(Screen.Error, path, WarningView.Read(answer.Warnings));
            PolicyView.Show(Screen.Out, answer.Policy, isInForce: true, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
