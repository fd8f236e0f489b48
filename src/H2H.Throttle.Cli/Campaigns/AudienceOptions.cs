using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Wire;
using Option = System.CommandLine.Option;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>What a contact is where its line does not say so itself.</summary>
internal sealed class AudienceOptions
{
    private readonly Option<string> channel = Texts.Option("--channel", "channel", "By what means.");
    private readonly Option<string> purpose = Texts.Option("--purpose", "purpose", "Why.");
    private readonly Option<string> brand = Texts.Option("--brand", "brand", "On whose behalf.");
    private readonly Option<string> campaign = Texts.Option("--campaign", "campaign", "Which campaign or case.");
    private readonly Option<string> topic = Texts.Option("--topic", "topic", "What it is about.");
    private readonly Option<string> sender = Texts.Option("--sender", "sender", "Which system or agent makes it.");
    private readonly Option<string> country = Texts.Option("--country", "country", "ISO 3166-1 alpha-2, such as IT.");
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

    private readonly Option<Timestamp?> plannedAt = Moments.Option(
        "--planned-at", "When it is going to be made, if not now: it is judged and counted then.");

    public void AddTo(Command command)
    {
        Option[] options =
        [
            channel, purpose, brand, campaign, topic, sender, country, labels, priority, weight, plannedAt,
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
            Channel = parsed.GetRequiredValue(channel),
            Purpose = parsed.GetRequiredValue(purpose),
            Brand = parsed.GetRequiredValue(brand),
            Campaign = parsed.GetRequiredValue(campaign),
            Topic = parsed.GetRequiredValue(topic),
            Sender = parsed.GetRequiredValue(sender),
            Country = parsed.GetRequiredValue(country),
            PlannedAt = parsed.GetValue(plannedAt),
        };
        foreach ((string key, string value) in parsed.GetValue(labels) ?? [])
        {
            contact.Labels.Add(key, value);
        }

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
