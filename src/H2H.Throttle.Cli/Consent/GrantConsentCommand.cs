using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Option = System.CommandLine.Option;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h grant-consent</c></summary>
internal sealed class GrantConsentCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Argument<string> name = new("name") { Description = "What for, as the policy's rules name it." };
    private readonly ScopeOptions scope = new();
    private readonly Option<Timestamp?> startsAt = Moments.Option("--starts-at", "Since when; otherwise now.");
    private readonly Option<Timestamp?> until = Moments.Option(
        "--until", "It is in force before this instant; otherwise until it ends otherwise.");

    private readonly Option<string[]> endsOn = new("--ends-on")
    {
        Description = "An outcome or event that ends it, such as conversation; may be given several times.",
        HelpName = "name",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> proof = Texts.Option("--proof", "text", "Where it can be shown. No personal data.");
    private readonly Option<string> source = Sources.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public GrantConsentCommand()
        : base("grant-consent", "\"I agree to this\": a consent by the name that the policy's rules ask for.")
    {
        Add(person);
        Add(name);
        scope.AddTo(this);
        Option[] options = [startsAt, until, endsOn, proof, source, requestId, at];
        foreach (Option option in options)
        {
            Add(option);
        }
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GrantConsentRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Name = with.Parsed.GetRequiredValue(name),
            Scope = scope.Read(with.Parsed),
            StartsAt = with.Parsed.GetValue(startsAt),
            Until = with.Parsed.GetValue(until),
            EndsOn = { with.Parsed.GetValue(endsOn) ?? [] },
            Proof = with.Parsed.GetRequiredValue(proof),
            Source = with.Parsed.GetRequiredValue(source),
            At = with.Parsed.GetValue(at),
        };
        GrantConsentResponse answer = await with.Client.Consent.GrantConsentAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line($"[bold]Agreed[/] to {request.Name} for {ConsentView.ScopeOf(request.Scope)}.");
        ConsentView.Show(Screen.Out, answer.Consent, await with.TimesAsync(request.PersonId, cancellation));
        return ExitCode.Done;
    }
}
