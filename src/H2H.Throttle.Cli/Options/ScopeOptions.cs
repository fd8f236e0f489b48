using System.CommandLine;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Options;

/// <summary>What part of all contacts is meant.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string> channel = Texts.Option("--channel", "channel", "Only this channel; otherwise all.");

    private readonly Option<string> purpose = Texts.Option("--purpose", "purpose", "Only this purpose; otherwise all.");

    private readonly Option<string> topic = Texts.Option("--topic", "topic", "Only this topic; otherwise all.");

    private readonly Option<string> brand = Texts.Option("--brand", "brand", "Only this brand; otherwise all.");

    public void AddTo(Command command)
    {
        command.Add(channel);
        command.Add(purpose);
        command.Add(topic);
        command.Add(brand);
    }

    /// <summary>Null: everything.</summary>
    public ConsentScope? Read(ParseResult parsed)
    {
        ConsentScope scope = new()
        {
            Channel = parsed.GetRequiredValue(channel),
            Purpose = parsed.GetRequiredValue(purpose),
            Topic = parsed.GetRequiredValue(topic),
            Brand = parsed.GetRequiredValue(brand),
        };
        return scope.Equals(new ConsentScope()) ? null : scope;
    }
}
