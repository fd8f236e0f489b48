using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h revoke-consent</c></summary>
internal sealed class RevokeConsentCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Argument<string> name = new("name") { Description = "Which consent." };
    private readonly ScopeOptions scope = new();
    private readonly Option<string> source = Sources.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public RevokeConsentCommand()
        : base("revoke-consent", "\"I do not agree any more\": in force at once, and what hung on it is revoked.")
    {
        Add(person);
        Add(name);
        scope.AddTo(this);
        Add(source);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        RevokeConsentRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Name = with.Parsed.GetRequiredValue(name),
            Scope = scope.Read(with.Parsed),
            Source = with.Parsed.GetRequiredValue(source),
            At = with.Parsed.GetValue(at),
        };
        RevokeConsentResponse answer = await with.Client.Consent.RevokeConsentAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line($"[bold]Revoked[/] {request.Name} for {ConsentView.ScopeOf(request.Scope)}.");
        foreach (string revoked in answer.RevokedReservationIds)
        {
            Screen.Out.Line($"  [yellow]revoked[/]  {revoked}  [dim]do not make this contact[/]");
        }

        ConsentView.Show(Screen.Out, answer.Consent, await with.TimesAsync(request.PersonId, cancellation));
        return ExitCode.Done;
    }
}
