using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h consent</c></summary>
internal sealed class ConsentCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<Timestamp?> at = Moments.At();

    public ConsentCommand()
        : base("consent", "What the person said: what holds now, and all that was said.")
    {
        Add(person);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetConsentRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person), At = with.Parsed.GetValue(at),
        };
        GetConsentResponse answer = await with.Client.Consent.GetConsentAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            TimeText times = await with.TimesAsync(request.PersonId, cancellation);
            ConsentView.Show(Screen.Out, answer.Consent, times);
            HistoryView.Show(Screen.Out, answer, times);
        }

        return ExitCode.Done;
    }
}
