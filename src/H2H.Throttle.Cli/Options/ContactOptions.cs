using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Wire;
using Option = System.CommandLine.Option;

namespace H2H.Throttle.Cli.Options;

/// <summary>Everything that can be said of a contact.</summary>
internal sealed class ContactOptions
{
    private readonly Argument<string> person = Texts.Person();

    private readonly Option<string> channel = Texts.Required(
        "--channel", "channel", "By what means, such as email, sms or phone; one that the policy declares.");

    private readonly Option<string> purpose = Texts.Required(
        "--purpose", "purpose", "Why, such as marketing or service; one that the policy declares.");

    private readonly Option<string> brand = Texts.Option("--brand", "brand", "On whose behalf.");

    private readonly Option<string> campaign = Texts.Option("--campaign", "campaign", "Which campaign or case.");

    private readonly Option<string> topic = Texts.Option("--topic", "topic", "What it is about.");

    private readonly Option<string> sender = Texts.Option("--sender", "sender", "Which system or agent makes it.");

    private readonly Option<string[]> subjects = new("--subject")
    {
        Description = "What it is placed for, such as a debt; may be given several times.",
        HelpName = "subject",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<KeyValuePair<string, string>[]> labels = Pairs.Option(
        "--label", "A fact that rules may match; may be given several times.");

    private readonly Option<int?> priority = new("--priority")
    {
        Description = "0 (least) to 100.", HelpName = "number",
    };

    private readonly Option<int?> weight = new("--weight")
    {
        Description = "What it adds to a weighted cap, 1 to 1000.", HelpName = "number",
    };

    private readonly Option<string?> direction = new Option<string?>("--direction")
    {
        Description = "out (default): to the person; in: from the person.",
    }.AcceptOnlyFromAmong("out", "in");

    private readonly Option<string> country = Texts.Option("--country", "country", "ISO 3166-1 alpha-2, such as IT.");

    private readonly Option<string> address = Texts.Option(
        "--address", "address", "The e-mail address, phone number or device; stored only as a keyed hash.");

    private readonly Option<Timestamp?> plannedAt = Moments.Option(
        "--planned-at", "When it is going to be made, if not now: it is judged and counted then.");

    public void AddTo(Command command)
    {
        command.Add(person);
        Option[] options =
        [
            channel, purpose, brand, campaign, topic, sender, subjects, labels, priority, weight, direction, country,
            address, plannedAt,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    public Contact Read(ParseResult parsed)
    {
        Contact contact = new()
        {
            PersonId = parsed.GetRequiredValue(person),
            Channel = parsed.GetRequiredValue(channel),
            Purpose = parsed.GetRequiredValue(purpose),
            Brand = parsed.GetRequiredValue(brand),
            Campaign = parsed.GetRequiredValue(campaign),
            Topic = parsed.GetRequiredValue(topic),
            Sender = parsed.GetRequiredValue(sender),
            Country = parsed.GetRequiredValue(country),
            Address = parsed.GetRequiredValue(address),
            PlannedAt = parsed.GetValue(plannedAt),
            Subjects = { parsed.GetValue(subjects) ?? [] },
            Direction = parsed.GetValue(direction) switch
            {
                "in" => Direction.In,
                "out" => Direction.Out,
                _ => Direction.Unspecified,
            },
        };
        foreach ((string key, string value) in parsed.GetValue(labels) ?? [])
        {
            contact.Labels.Add(key, value);
        }

        // Zero would be something that the user said, absent is not.
        if (parsed.GetValue(priority) is { } number)
        {
            contact.Priority = number;
        }

        if (parsed.GetValue(weight) is { } adds)
        {
            contact.Weight = adds;
        }

        return contact;
    }
}
