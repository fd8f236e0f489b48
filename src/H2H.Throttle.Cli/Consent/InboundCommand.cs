using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h inbound</c></summary>
internal sealed class InboundCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();

    private readonly Argument<string> text = new("text") { Description = "The message as it came: STOP, start, help." };

    private readonly Option<string> channel = Texts.Required("--channel", "channel", "By which channel it came.");
    private readonly Option<string> brand = Texts.Option("--brand", "brand", "The brand to which it went.");

    private readonly Option<string> reach = Texts.Option(
        "--reach", "reach", "What STOP is about: channel (default), channel-of-brand, brand or everything.");

    private readonly Option<string> language = Texts.Option("--language", "tag", "The person's: en, it, de-AT.");
    private readonly Option<string> source = Sources.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public InboundCommand()
        : base("inbound", "A message came from the person: does what STOP, START and HELP say, in seven languages.")
    {
        Add(person);
        Add(text);
        Add(channel);
        Add(brand);
        Add(reach);
        Add(language);
        Add(source);
        Add(requestId);
        Add(at);

        reach.Validators.Add(result =>
        {
            if (ReachOf(result.GetValue(reach)) is null)
            {
                result.AddError("--reach is channel, channel-of-brand, brand or everything.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ReceiveMessageRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Channel = with.Parsed.GetRequiredValue(channel),
            Text = with.Parsed.GetRequiredValue(text),
            Brand = with.Parsed.GetRequiredValue(brand),
            Reach = ReachOf(with.Parsed.GetRequiredValue(reach))!.Value,
            Language = with.Parsed.GetRequiredValue(language),
            Source = with.Parsed.GetRequiredValue(source),
            At = with.Parsed.GetValue(at),
        };
        ReceiveMessageResponse answer = await with.Client.Consent.ReceiveMessageAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Show(answer);
        }

        return ExitCode.Done;
    }

    private static void Show(ReceiveMessageResponse answer)
    {
        Screen.Out.Line($"[bold]{MeaningOf(answer)}[/]");
        foreach (string revoked in answer.RevokedReservationIds)
        {
            Screen.Out.Line($"  [yellow]revoked[/]  {revoked}  [dim]do not make this contact[/]");
        }

        Screen.Out.Line(answer.Confirmation.Length > 0
            ? $"  answer once  {answer.Confirmation}"
            : (FormattableString)$"  [dim]answer nothing[/]");
    }

    private static string MeaningOf(ReceiveMessageResponse answer) => answer.Meaning switch
    {
        MessageMeaning.OptOut or MessageMeaning.OptOutOfAll => $"Opted out of {ConsentView.ScopeOf(answer.Scope)}.",
        MessageMeaning.OptIn => $"Opted in to {ConsentView.ScopeOf(answer.Scope)}.",
        MessageMeaning.Help => "Asks for help.",
        MessageMeaning.Unclear => $"Unclear: it says {answer.Keyword} and more. Somebody should read it.",
        _ => "Means nothing to contacts.",
    };

    private static MessageReach? ReachOf(string? name) => name switch
    {
        null or "" or "channel" => MessageReach.Channel,
        "channel-of-brand" => MessageReach.ChannelOfBrand,
        "brand" => MessageReach.Brand,
        "everything" => MessageReach.Everything,
        _ => null,
    };
}
