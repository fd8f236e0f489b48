using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h snooze</c></summary>
internal sealed class SnoozeCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly ScopeOptions scope = new();
    private readonly Option<Timestamp?> until = Moments.Option("--until", "No contact before this instant.");
    private readonly Option<bool> wake = new("--wake") { Description = "End every snooze of this scope now." };
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public SnoozeCommand()
        : base("snooze", "\"Leave me alone until …\". What is reserved stays reserved.")
    {
        Add(person);
        scope.AddTo(this);
        Add(until);
        Add(wake);
        Add(requestId);
        Add(at);
        Validators.Add(result =>
        {
            if (result.GetValue(wake) == (result.GetResult(until) is not null))
            {
                result.AddError("Give either --until or --wake.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        SnoozeRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Scope = scope.Read(with.Parsed),
            Until = with.Parsed.GetValue(until),
            Wake = with.Parsed.GetValue(wake),
            At = with.Parsed.GetValue(at),
        };
        SnoozeResponse answer = await with.Client.Consent.SnoozeAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(request.PersonId, cancellation);
        string covered = ConsentView.ScopeOf(request.Scope);
        if (request.Wake)
        {
            Screen.Out.Line($"[bold]Awake[/] to {covered}.");
        }
        else
        {
            Screen.Out.Line($"[bold]Snoozed[/] {covered} until {times.Write(request.Until!)}.");
        }

        ConsentView.Show(Screen.Out, answer.Consent, times);
        return ExitCode.Done;
    }
}
