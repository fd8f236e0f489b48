using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Option = System.CommandLine.Option;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h record-event</c></summary>
internal sealed class RecordEventCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();

    private readonly Argument<string> name = new("event")
    {
        Description = "inbound_message, purchase, inquiry, …, or an event that the policy declares.",
    };

    private readonly Option<Timestamp?> happenedAt = Moments.Option("--happened-at", "When; otherwise now.");
    private readonly Option<string> channel = Texts.Option("--channel", "channel", "By which channel, if known.");
    private readonly Option<string> purpose = Texts.Option("--purpose", "purpose", "For which purpose, if known.");
    private readonly Option<string> topic = Texts.Option("--topic", "topic", "What it was about, if known.");
    private readonly Option<string> brand = Texts.Option("--brand", "brand", "With which brand, if known.");

    private readonly Option<string[]> subjects = new("--subject")
    {
        Description = "Which debt, product or case; may be given several times.",
        HelpName = "subject",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> source = Texts.Option("--source", "text", "Who says so. No personal data.");
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public RecordEventCommand()
        : base("record-event", "Something happened that is no contact of yours: a message from the person, a purchase.")
    {
        Add(person);
        Add(name);
        Option[] options = [happenedAt, channel, purpose, topic, brand, subjects, source, requestId, at];
        foreach (Option option in options)
        {
            Add(option);
        }
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        RecordEventRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Name = with.Parsed.GetRequiredValue(name),
            HappenedAt = with.Parsed.GetValue(happenedAt),
            Channel = with.Parsed.GetRequiredValue(channel),
            Purpose = with.Parsed.GetRequiredValue(purpose),
            Topic = with.Parsed.GetRequiredValue(topic),
            Brand = with.Parsed.GetRequiredValue(brand),
            Subjects = { with.Parsed.GetValue(subjects) ?? [] },
            Source = with.Parsed.GetRequiredValue(source),
            At = with.Parsed.GetValue(at),
        };
        RecordEventResponse answer = await with.Client.People.RecordEventAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Line($"[bold]Noted[/] {request.Name}.");
        }

        return ExitCode.Done;
    }
}
