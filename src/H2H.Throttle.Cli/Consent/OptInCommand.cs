using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h opt-in</c></summary>
internal sealed class OptInCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly ScopeOptions scope = new();
    private readonly Option<string> source = Sources.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public OptInCommand()
        : base("opt-in", "\"You may contact me again\": frees what was opted out of. Other rules still hold.")
    {
        Add(person);
        scope.AddTo(this);
        Add(source);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        OptInRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Scope = scope.Read(with.Parsed),
            Source = with.Parsed.GetRequiredValue(source),
            At = with.Parsed.GetValue(at),
        };
        OptInResponse answer = await with.Client.Consent.OptInAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line(
            $"[bold]Opted in[/] to {ConsentView.ScopeOf(request.Scope)}; opt-outs lifted whole: {answer.Lifted}.");
        ConsentView.Show(Screen.Out, answer.Consent, await with.TimesAsync(request.PersonId, cancellation));
        return ExitCode.Done;
    }
}
