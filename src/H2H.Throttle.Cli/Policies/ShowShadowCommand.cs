using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy shadow show</c></summary>
internal sealed class ShowShadowCommand : AskingCommand
{
    private readonly Argument<long> version = new("version")
    {
        Description = "Whose observing rules to tell of; otherwise those of the version in force.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ShowShadowCommand()
        : base("show", "What rules that decide nothing would have done: those that observe, and the shadow policy.") =>
        Add(version);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetShadowRequest request = new() { Version = with.Parsed.GetValue(version) };
        GetShadowResponse answer = await with.Client.Policies.GetShadowAsync(request, with.Call(cancellation));
        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        ShadowCountsView.Show(
            Screen.Out, $"Rules of version {answer.Version} that observe", answer.Observing, isWhole: false, times);
        Screen.Out.Line();
        if (answer.Shadow is { } shadow)
        {
            ShadowCountsView.Show(
                Screen.Out, $"Shadow policy {shadow.Name}", answer.Counts, isWhole: true, times);
        }
        else
        {
            Screen.Out.Line($"[dim]No policy is asked beside the one in force: h2h policy shadow publish FILE[/]");
        }

        return ExitCode.Done;
    }
}
