using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What a receiver is sent: one CloudEvent (version 1.0, JSON, structured).</summary>
/// <remarks>
/// It never tells who a person is, not even by the hash of an id: of people's facts there is no subject but a
/// reservation. Only the particulars that are named here are told, so what the journal learns to keep stays inside
/// until somebody has thought about it; free texts of callers about people do.
/// </remarks>
/// <param name="Id">Unique for ever; the same however often it is sent.</param>
/// <param name="Body">UTF-8 JSON.</param>
public sealed record WebhookEvent(string Id, ReadOnlyMemory<byte> Body)
{
    public const string ContentType = "application/cloudevents+json; charset=utf-8";
    public const string TypePrefix = "h2h.throttle.v1.";
    public const string Source = "urn:h2h:throttle";

    /// <summary>The kind of an event that stands for nothing that happened.</summary>
    public const string TestKind = "webhook_test";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly FrozenSet<string> Told = FrozenSet.Create(
        StringComparer.Ordinal,
        "as_of", "bad_lines", "brand", "brands", "changes", "channel", "comment", "consent", "contact", "ends_on",
        "entries", "event", "from", "happened_at", "hold", "kind", "lines", "name", "number", "part", "policy",
        "purpose", "reservation", "restores", "role", "rules", "sha256", "standing", "suppressed", "topic", "until",
        "version");

    /// <summary>Prefixes of kinds whose facts are about no person, but about something with a name.</summary>
    private static readonly string[] OfThings = ["policy_", "shadow_", "list_", "key_", "webhook_"];

    internal static WebhookEvent Of(JournalEntry entry)
    {
        Dictionary<string, string> details = entry.Fact.ReadParticulars(out Actor? actor);
        string? subject = SubjectOf(entry.Fact, details);
        return Write(entry.Fact.Id, entry.Fact.Kind, entry.Fact.At, subject, entry.Position, json =>
        {
            WriteActor(json, actor);
            json.WriteStartObject("details");
            foreach ((string name, string value) in details.Where(static part => Told.Contains(part.Key)))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>One that says nothing, to try whether it arrives.</summary>
    internal static WebhookEvent Test(string webhook, Instant now) => Write(
        $"{TestKind}-{Guid.CreateVersion7():N}", TestKind, now, webhook, null, static _ => { });

    private static WebhookEvent Write(
        string id, string kind, Instant at, string? subject, long? position, Action<Utf8JsonWriter> writeData)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body, Writing))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", Source);
            json.WriteString("type", TypePrefix + kind);
            json.WriteString("time", InstantPattern.ExtendedIso.Format(at));
            if (subject is not null)
            {
                json.WriteString("subject", subject);
            }

            if (position is { } place)
            {
                json.WriteString("sequence", place.ToString("D20", CultureInfo.InvariantCulture));
            }

            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            json.WriteString("kind", kind);
            if (position is { } number)
            {
                json.WriteNumber("position", number);
            }

            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new WebhookEvent(id, body.ToArray());
    }

    private static string? SubjectOf(JournalFact fact, Dictionary<string, string> details) =>
        OfThings.Any(prefix => fact.Kind.StartsWith(prefix, StringComparison.Ordinal))
            ? fact.Subject
            : details.GetValueOrDefault("reservation") ?? details.GetValueOrDefault("contact");

    /// <summary>What sort of caller it was, and not which: that may be the name of somebody who works there.</summary>
    private static void WriteActor(Utf8JsonWriter json, Actor? actor)
    {
        if (actor is null)
        {
            return;
        }

        json.WriteStartObject("actor");
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(actor.Kind.ToString()));
        if (actor.Role is { } role)
        {
            json.WriteString("role", JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString()));
        }

        if (actor.Through.Length > 0)
        {
            json.WriteString("through", actor.Through);
        }

        json.WriteEndObject();
    }
}
