using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>
/// Everything that is in a record, as text: records that hold collections are not equal by content.
/// </summary>
internal static class RecordText
{
    public static string Of(PersonRecord record) => System.Text.Json.JsonSerializer.Serialize(
        new
        {
            LastSeen = record.LastSeen.ToString(),
            record.LastNumber,
            Zone = record.Person.Zone?.Id,
            Zones = record.Person.Zones.Select(static zone => zone.Id),
            QuietTimes = record.Person.QuietTimes.Select(static q =>
                $"{q.Scope} {q.Text} {q.Until} {q.Times.Contains(new LocalDateTime(2026, 3, 2, 15, 0))}"),
            record.Person.Country,
            record.Person.Attributes,
            Contacts = record.Person.Ledger.Contacts.Select(Text),
            Statements = record.Person.Statements.Items.Select(static s => $"{s.IsOptOut} {s.Scope} {s.At} {s.Source}"),
            Events = record.Person.Ledger.Events.Select(
                static e => $"{e.Name} {e.At} {e.Traits.Channel} {e.Traits.Purpose}"),
            Consents = record.Person.Consents.Select(
                static c => $"{c.Name} {c.Scope} {c.From} {c.Until} {string.Join(',', c.EndsOn)} {c.Proof} {c.Source} "
                    + $"{c.EndedBy} {string.Join(',', c.Except)}"),
            record.Person.Holds,
            Snoozes = record.Person.Snoozes.Select(static s => $"{s.Scope} {s.Until}"),
            Limits = record.Person.Limits.Select(static l => $"{l.Scope} {l.Contacts} {l.Window}"),
            History = record.History.Select(static e => e.ToString()),
            record.HistoryForgotten,
            Refusals = record.Refusals.Select(static r => r.ToString()),
            Answers = record.Answers.Select(static packed => packed.Open()).Select(static kept =>
                $"{kept.Request} {kept.Content} {Text(AnswerCodec.Read(kept))}"),
            Outbox = record.Outbox.Select(static f =>
                $"{f.Id} {f.At} {f.Kind} {f.Subject} {Convert.ToHexString(f.Data.Span)}"),
        });

    private static string Text(LedgerContact contact) => string.Join(
        '|',
        contact.Number, contact.At, contact.Traits.Channel, contact.Traits.Purpose, contact.Traits.Brand,
        contact.Traits.Campaign, contact.Traits.Topic, contact.Traits.Sender, contact.Traits.Country,
            contact.Traits.Address,
        contact.Traits.Direction, contact.Traits.Priority, string.Join(',', contact.Traits.Subjects),
        string.Join(',', contact.Traits.Labels), contact.Weight, contact.State, contact.Expires, contact.Outcome,
        contact.OutcomeAt, contact.Discussed is { } about ? string.Join(',', about.Subjects) : "as placed");

    private static string Text(Reason reason) => string.Join(
        '|', reason.Rule, reason.Code, reason.Message, reason.FreeAt, reason.Used, reason.Limit, reason.Window,
            string.Join(';', reason.Counted.Select(Text)));

    private static string Text(Answer answer) => string.Join(
        '|',
        answer.At, answer.IsLate, answer.IsRevoked, answer.Lifted, answer.HasCounted,
        string.Join(';', answer.Revoked), string.Join(';', answer.Overshoot.Select(Text)),
        answer.Contact is { } contact ? Text(contact) : "",
        answer.Verdict is { } verdict ? Text(verdict) : "");

    private static string Text(Verdict verdict) => string.Join(
        '|',
        verdict.Id, verdict.Policy, verdict.PolicyVersion, verdict.At, verdict.Decision.GetType().Name,
        string.Join(';', verdict.Decision.Warnings.Select(Text)),
            string.Join(';', verdict.Decision.Shadows.Select(Text)),
        verdict.Decision is Decision.Denied denied
            ? $"{string.Join(';', denied.Reasons.Select(Text))} {denied.NextAllowedAt} "
            + $"{string.Join(',', denied.AllowedChannels)}"
            : "");
}
