using System.Text.Json;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.People;

/// <summary>What the journal keeps of what the business said of people, and of what happened with them.</summary>
internal static class PersonFacts
{
    public const string HoldPlaced = "hold_placed";
    public const string HoldLifted = "hold_lifted";
    public const string EventRecorded = "event_recorded";

    public static JournalFact Held(PersonKey person, bool isPlaced, string hold, string? reason, Instant now) => Fact(
        person, isPlaced ? HoldPlaced : HoldLifted, now, [("hold", hold), ("reason", reason)]);

    public static JournalFact Happened(PersonKey person, LedgerEvent happened, string? source, Instant now) => Fact(
        person,
        EventRecorded,
        now,
        [
            ("event", happened.Name),
            ("happened_at", InstantPattern.ExtendedIso.Format(happened.At)),
            ("channel", happened.Traits.Channel),
            ("purpose", happened.Traits.Purpose),
            ("topic", happened.Traits.Topic),
            ("brand", happened.Traits.Brand),
            ("subjects", string.Join(", ", happened.Traits.Subjects)),
            ("source", source),
        ]);

    private static JournalFact Fact(
        PersonKey person, string kind, Instant at, IEnumerable<(string Name, string? Value)> parts)
    {
        Dictionary<string, string> data = parts
            .Where(static part => !string.IsNullOrEmpty(part.Value))
            .ToDictionary(static part => part.Name, static part => part.Value!);
        return new JournalFact(
            $"{kind}-{Guid.CreateVersion7():N}", at, kind, person.Text, JsonSerializer.SerializeToUtf8Bytes(data));
    }
}
