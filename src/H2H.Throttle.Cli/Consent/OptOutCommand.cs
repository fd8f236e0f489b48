using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h opt-out</c></summary>
internal sealed class OptOutCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly ScopeOptions scope = new();
    private readonly Option<string> source = Sources.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public OptOutCommand()
        : base("opt-out", "\"Do not contact me\": in force at once, and what is reserved is revoked.")
    {
        Add(person);
        scope.AddTo(this);
        Add(source);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        OptOutRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Scope = scope.Read(with.Parsed),
            Source = with.Parsed.GetRequiredValue(source),
            At = with.Parsed.GetValue(at),
        };
        OptOutResponse answer = await with.Client.Consent.OptOutAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line($"[bold]Opted out[/] of {ConsentView.ScopeOf(request.Scope)}.");
        Screen.Out.Line($"  [dim]{Durabilities.Text(answer.Durability)}[/]");
        foreach (string revoked in answer.RevokedReservationIds)
        {
            Screen.Out.Line($"  [yellow]revoked[/]  {revoked}  [dim]do not make this contact[/]");
        }

        ConsentView.Show(Screen.Out, answer.Consent, await with.TimesAsync(request.PersonId, cancellation));
        return ExitCode.Done;
    }
}
