using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Merging;

/// <summary>All that is kept of a person, as JSON for them to read.</summary>
internal static class PersonExport
{
    private const string Note =
        "All that is kept of one person. Times are in UTC. Names and addresses are not kept, only keyed hashes of "
        + "them. Each member is explained in the README of people, under \"What an export has\".";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // it is a document of its own, never part of a page
    };

    /// <param name="record">What is stored.</param>
    /// <param name="facts">What the journal has of them.</param>
    /// <param name="policy">In force.</param>
    /// <param name="now">When it is written.</param>
    public static string Write(
        PersonRecord record, IReadOnlyList<JournalEntry> facts, Policy policy, Instant now)
    {
        Person person = record.Person;
        JsonObject all = new()
        {
            ["note"] = Note,
            ["written_at"] = TextOf(now),
            ["person_key"] = record.Key.Text,
            ["names"] = ListOf(NamedPerson.Of(record).Names.Select(NameOf)),
            ["zone"] = person.Zone?.Id,
            ["zone_candidates"] = ListOf(person.Zones.Select(static zone => (JsonNode?)zone.Id)),
            ["country"] = person.Country,
            ["attributes"] = new JsonObject(person.Attributes.Select(
                static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["opt_outs_and_opt_ins"] = ListOf(person.Statements.Items.Select(StatementOf)),
            ["said"] = ListOf(record.History.Select(HistoryOf)),
            ["said_before_and_forgotten"] = record.HistoryForgotten,
            ["consents"] = ListOf(person.Consents.Select(given => ConsentOf(given, person.Ledger))),
            ["snoozes"] = ListOf(person.Snoozes.Select(static snooze =>
                With(ScopeOf(snooze.Scope), ("until", TextOf(snooze.Until))))),
            ["limits"] = ListOf(person.Limits.Select(static limit => With(
                ScopeOf(limit.Scope), ("contacts", limit.Contacts), ("window", limit.Window.ToString())))),
            ["quiet_times"] = ListOf(person.QuietTimes.Select(static quiet => With(
                ScopeOf(quiet.Scope),
                ("times", quiet.Text),
                ("until", quiet.Until is { } day ? LocalDatePattern.Iso.Format(day) : null)))),
            ["holds"] = ListOf(person.Holds.Select(static hold => (JsonNode?)hold)),
            ["held"] = ListOf(person.Holds.Select(hold => HoldOf(hold, facts))),
            ["pools"] = ListOf(person.Pools.Select(static pool =>
                (JsonNode?)new JsonObject { ["kind"] = pool.Key, ["pool_key"] = pool.Value.Key })),
            ["contacts"] = ListOf(person.Ledger.Contacts.Select(contact => ContactOf(record, contact, policy, now))),
            ["refused"] = ListOf(record.Refusals.Select(static refused => With(
                new JsonObject(),
                ("channel", refused.Channel),
                ("purpose", refused.Purpose),
                ("brand", refused.Brand),
                ("topic", refused.Topic),
                ("times", refused.Count),
                ("last_at", TextOf(refused.LastAt))))),
            ["events"] = ListOf(person.Ledger.Events.Select(static happened => With(
                TraitsOf(happened.Traits), ("event", happened.Name), ("at", TextOf(happened.At))))),
            ["answers_remembered"] = record.Answers.Length,
            ["journal"] = ListOf(facts.Select(FactOf)),
        };
        return all.ToJsonString(Readable);
    }

    private static JsonNode? NameOf(KnownName name) => new JsonObject
    {
        ["kind"] = MergeFacts.WordOf(name.Kind),
        ["since"] = TextOf(name.Since),
        ["merged"] = name.IsMerged,
    };

    private static JsonObject StatementOf(Statement said) => With(
        ScopeOf(said.Scope),
        ("said", said.IsOptOut ? "opt_out" : "opt_in"),
        ("at", TextOf(said.At)),
        ("source", said.Source));

    private static JsonObject HistoryOf(HistoryEntry entry) => With(
        ScopeOf(entry.Scope),
        ("said", WordOf(entry.Kind.ToString())),
        ("at", TextOf(entry.At)),
        ("consent", entry.Consent),
        ("until", entry.Until is { } until ? TextOf(until) : null),
        ("wish", entry.Wish),
        ("source", entry.Source),
        ("by", entry.By),
        ("through", entry.Through));

    /// <summary>The journal tells since when, unless that is gone from it.</summary>
    private static JsonObject HoldOf(string hold, IReadOnlyList<JournalEntry> facts)
    {
        (Instant At, string? Reason)? placed = null;
        foreach (JournalFact fact in facts.Select(static entry => entry.Fact))
        {
            if (fact.Kind is PersonFacts.HoldPlaced or PersonFacts.HoldLifted
                && DataOf(fact) is JsonObject data
                && data["hold"]?.ToString() == hold)
            {
                placed = fact.Kind == PersonFacts.HoldLifted ? null
                    : placed ?? (fact.At, data["reason"]?.ToString());
            }
        }

        return With(
            new JsonObject { ["hold"] = hold },
            ("since", placed is { } known ? TextOf(known.At) : null),
            ("reason", placed?.Reason));
    }

    private static JsonObject ConsentOf(GivenConsent given, Ledger ledger) => With(
        ScopeOf(given.Scope),
        ("name", given.Name),
        ("from", TextOf(given.From)),
        ("until", given.EndIn(ledger) is { } end ? TextOf(end) : null),
        ("ended_by", given.EndingIn(ledger)?.By),
        ("proof", given.Proof),
        ("source", given.Source),
        ("except", given.Except.IsEmpty ? null : ListOf(given.Except.Select(ScopeOf))));

    private static JsonObject ContactOf(PersonRecord record, LedgerContact contact, Policy policy, Instant now) => With(
        TraitsOf(contact.Traits),
        ("contact_id", new Identity.ContactId(record.Key, contact.Number).ToString()),
        ("at", TextOf(contact.At)),
        ("state", WordOf(KnownContact.StandingOf(contact, policy, now).ToString())),
        ("outcome", contact.Outcome),
        ("outcome_at", contact.Outcome is null ? null : TextOf(contact.OutcomeAt)),
        ("weight", contact.Weight == 1 ? null : contact.Weight),
        ("discussed", contact.Discussed is { } about
            ? ListOf(about.Subjects.Select(static subject => (JsonNode?)subject))
            : null));

    private static JsonObject TraitsOf(ContactTraits traits) => With(
        new JsonObject(),
        ("direction", traits.Direction is Direction.In ? "in" : "out"),
        ("channel", traits.Channel.Length == 0 ? null : traits.Channel),
        ("purpose", traits.Purpose.Length == 0 ? null : traits.Purpose),
        ("brand", traits.Brand),
        ("campaign", traits.Campaign),
        ("topic", traits.Topic),
        ("sender", traits.Sender),
        ("country", traits.Country),
        ("address_hash", traits.Address),
        ("priority", traits.Priority == 0 ? null : traits.Priority),
        ("subjects", traits.Subjects.IsEmpty
            ? null
            : ListOf(traits.Subjects.Select(static subject => (JsonNode?)subject))),
        ("labels", traits.Labels.IsEmpty ? null : new JsonObject(traits.Labels.Select(
            static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))));

    private static JsonObject ScopeOf(Scope scope) => new() { ["about"] = scope.ToString() };

    private static JsonNode? FactOf(JournalEntry entry) => new JsonObject
    {
        ["position"] = entry.Position,
        ["at"] = TextOf(entry.Fact.At),
        ["kind"] = entry.Fact.Kind,
        ["data"] = DataOf(entry.Fact),
    };

    private static JsonNode? DataOf(JournalFact fact)
    {
        try
        {
            return fact.Data.IsEmpty ? null : JsonNode.Parse(fact.Data.Span);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(fact.Data.Span);   // a fact that was tampered with is shown as it is
        }
    }

    /// <summary>Leaves out what is not known.</summary>
    private static JsonObject With(JsonObject one, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        foreach ((string name, JsonNode? value) in members)
        {
            if (value is not null)
            {
                one[name] = value;
            }
        }

        return one;
    }

    private static JsonArray ListOf(IEnumerable<JsonNode?> items) => [.. items];

    private static string WordOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string TextOf(Instant at) => InstantPattern.ExtendedIso.Format(at);
}
