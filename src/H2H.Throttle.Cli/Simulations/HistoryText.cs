using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Simulations;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>Writes what one person has had as lines that <see cref="HistoryLine"/> reads.</summary>
internal static class HistoryText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // nothing here is put into HTML
    };

    /// <summary>The person first, if anything is known; then contacts that were not given back, and events.</summary>
    public static IEnumerable<string> Of(string key, Past past)
    {
        Person person = past.Person;
        JsonObject head = new() { ["person"] = key };
        Put(head, "zone", person.Zone?.Id);
        Put(head, "country", person.Country);
        Put(head, "attributes", person.Attributes);
        Put(head, "pools", person.Pools.Select(static pool => KeyValuePair.Create(pool.Key, pool.Value.Key)));
        if (head.Count > 1)
        {
            yield return head.ToJsonString(Json);
        }

        foreach (LedgerContact contact in person.Ledger.Contacts)
        {
            if (contact.State is not ContactState.Released)
            {
                yield return Of(key, contact).ToJsonString(Json);
            }
        }

        foreach (LedgerEvent happened in person.Ledger.Events)
        {
            JsonObject line = Begin(key, happened.At);
            line["event"] = happened.Name;
            Put(line, happened.Traits);
            yield return line.ToJsonString(Json);
        }
    }

    private static JsonObject Of(string key, LedgerContact contact)
    {
        JsonObject line = Begin(key, contact.At);
        Instant asked = Instant.FromUnixTimeTicks(contact.Number.Value);
        Put(line, "asked_at", asked == contact.At ? null : InstantPattern.ExtendedIso.Format(asked));
        Put(line, contact.Traits);
        Put(line, "outcome", contact.Outcome);
        Put(line, "outcome_at", contact.Outcome is null || contact.OutcomeAt == contact.At
            ? null
            : InstantPattern.ExtendedIso.Format(contact.OutcomeAt));
        if (contact.Weight != 1)
        {
            line["weight"] = contact.Weight;
        }

        return line;
    }

    private static JsonObject Begin(string key, Instant at) => new()
    {
        ["person"] = key, ["at"] = InstantPattern.ExtendedIso.Format(at),
    };

    private static void Put(JsonObject line, ContactTraits traits)
    {
        Put(line, "channel", traits.Channel);
        Put(line, "purpose", traits.Purpose);
        Put(line, "brand", traits.Brand);
        Put(line, "campaign", traits.Campaign);
        Put(line, "topic", traits.Topic);
        Put(line, "sender", traits.Sender);
        Put(line, "country", traits.Country);
        Put(line, "address", traits.Address);
        Put(line, "direction", traits.Direction is Direction.In ? "in" : null);
        if (traits.Priority != 0)
        {
            line["priority"] = traits.Priority;
        }

        if (!traits.Subjects.IsEmpty)
        {
            line["subjects"] = new JsonArray([.. traits.Subjects.Select(static subject => JsonValue.Create(subject))]);
        }

        Put(line, "labels", traits.Labels);
    }

    private static void Put(JsonObject line, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            line[name] = value;
        }
    }

    private static void Put(JsonObject line, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        JsonObject values = new(pairs.Select(
            static pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, JsonValue.Create(pair.Value))));
        if (values.Count > 0)
        {
            line[name] = values;
        }
    }
}
