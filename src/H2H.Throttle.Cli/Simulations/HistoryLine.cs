using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>One line of a history.</summary>
internal sealed class HistoryLine
{
    private static readonly FrozenSet<string> Keys = FrozenSet.Create(
        StringComparer.Ordinal,
        "person", "at", "asked_at", "channel", "purpose", "brand", "campaign", "topic", "sender", "country",
        "address", "direction", "priority", "weight", "subjects", "labels", "outcome", "outcome_at", "refused", "event",
        "zone", "attributes", "pools");

    private readonly JsonElement line;

    /// <exception cref="FormatException">It is no object, or has a key that means nothing.</exception>
    public HistoryLine(JsonElement line)
    {
        this.line = line.ValueKind is JsonValueKind.Object
            ? line
            : throw new FormatException("A line is one JSON object.");
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!Keys.Contains(property.Name))
            {
                throw new FormatException($"There is no key '{property.Name}'; there are {string.Join(", ", Keys)}.");
            }
        }
    }

    /// <exception cref="FormatException">A value makes no sense, or the person has too many lines.</exception>
    public void AddTo(PastFile past)
    {
        PastFile.Teller teller = past.Of(Text("person") ?? throw new FormatException("person is missing."));
        if (teller.IsFull)
        {
            throw new FormatException(
                $"The person has more than {Ledger.ContactsMax} contacts or {Ledger.EventsMax} events.");
        }

        if (Moment("at") is not { } at)
        {
            Describe(teller);
        }
        else if (Text("event") is { } happened)
        {
            teller.Add(new LedgerEvent(happened, at, Traits(isOfEvent: true)));
        }
        else
        {
            teller.Add(Contact(at), Moment("asked_at") ?? at, Flag("refused"));
        }
    }

    private LedgerContact Contact(Instant at)
    {
        int weight = Number("weight") ?? 1;
        return weight is >= 1 and <= Attempt.WeightMax
            ? new LedgerContact(
                default, at, Traits(isOfEvent: false), weight, ContactState.Made, at, Text("outcome"),
                Moment("outcome_at") ?? at)
            : throw new FormatException($"weight is not 1 to {Attempt.WeightMax}.");
    }

    private ContactTraits Traits(bool isOfEvent) => new(
        Word("channel", isOfEvent), Word("purpose", isOfEvent), isOfEvent)
    {
        Brand = Text("brand"),
        Campaign = Text("campaign"),
        Topic = Text("topic"),
        Sender = Text("sender"),
        Country = Text("country"),
        Address = Text("address"),
        Priority = Number("priority") ?? 0,
        Direction = Text("direction") switch
        {
            null or "out" => Direction.Out,
            "in" => Direction.In,
            _ => throw new FormatException("direction is out or in."),
        },
        Subjects = Subjects(),
        Labels = Pairs("labels"),
    };

    private void Describe(PastFile.Teller teller)
    {
        ImmutableSortedDictionary<string, Pool> pools = Person.Unknown.Pools;
        foreach ((string kind, string pool) in Pairs("pools"))
        {
            pools = pools.Add(kind, new Pool(Engine.Simulations.KeySpace.KeyOf($"{kind}/{pool}")));
        }

        string? zone = Text("zone");
        teller.Person = teller.Person with
        {
            Zone = zone is null
                ? null
                : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
                    ?? throw new FormatException($"'{zone}' is no IANA time zone."),
            Country = Text("country"),
            Attributes = Pairs("attributes"),
            Pools = pools,
        };
    }

    private string Word(string key, bool mayBeEmpty) =>
        Text(key) ?? (mayBeEmpty ? "" : throw new FormatException($"{key} is missing."));

    private string? Text(string key) => !line.TryGetProperty(key, out JsonElement value)
        ? null
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"{key} is not a text.");

    private int? Number(string key) => !line.TryGetProperty(key, out JsonElement value)
        ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw new FormatException($"{key} is not a whole number.");

    private bool Flag(string key) => line.TryGetProperty(key, out JsonElement value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"{key} is not true or false."),
    };

    private Instant? Moment(string key) => Text(key) is not { } text
        ? null
        : OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var value }
            ? value.ToInstant()
            : throw new FormatException($"{key} is no instant with its offset, such as 2026-03-02T09:00:00+01:00.");

    private ImmutableArray<string> Subjects() => !line.TryGetProperty("subjects", out JsonElement value)
        ? []
        : value.ValueKind is JsonValueKind.Array
            && value.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
                : throw new FormatException("subjects is not a list of texts.");

    private ImmutableSortedDictionary<string, string> Pairs(string key)
    {
        if (!line.TryGetProperty(key, out JsonElement value))
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        return value.ValueKind is JsonValueKind.Object
            && value.EnumerateObject().All(static pair => pair.Value.ValueKind is JsonValueKind.String)
                ? value.EnumerateObject().ToImmutableSortedDictionary(
                    static pair => pair.Name, static pair => pair.Value.GetString()!, StringComparer.Ordinal)
                : throw new FormatException($"{key} is not an object of texts.");
    }
}
