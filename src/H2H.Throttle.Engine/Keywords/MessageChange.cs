using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>What it does that a message came: it is remembered, and what it says is done.</summary>
/// <param name="draft">The message.</param>
/// <param name="meaning">What it was taken to mean.</param>
/// <param name="scope">What it was taken to be about.</param>
/// <param name="source">Where it was said.</param>
internal sealed class MessageChange(MessageDraft draft, MessageMeaning meaning, Scope scope, string? source)
{
    public bool IsOptOut => meaning is MessageMeaning.OptOut or MessageMeaning.OptOutOfAll;

    public (Answer Answer, PersonRecord Record) Apply(
        PersonRecord record, PersonKey person, Policy policy, Instant now)
    {
        EventDraft came = new(LedgerEvent.InboundMessage)
        {
            About = new Scope(draft.Channel), Brand = draft.Brand, Source = source,
        };
        LedgerEvent message = EventDraftReader.Happened(came, now);
        PersonRecord heard = record with
        {
            Person = record.Person.Experiencing(message),
            Outbox = [PersonFacts.Happened(person, message, source, now)],
        };
        if (!IsOptOut && meaning is not MessageMeaning.OptIn)
        {
            return (new Answer(now) { HasCounted = true, MayConfirm = meaning is MessageMeaning.Help }, heard);
        }

        (Answer answer, PersonRecord after) = ConsentChange.Apply(
            heard, person, new Statement(IsOptOut, scope, now, source), policy, now);
        answer = answer with
        {
            HasCounted = true,
            MayConfirm = !IsOptOut || !IsOptedOut(record.Person.Statements),
        };
        return (answer, after with { Outbox = [.. heard.Outbox, .. after.Outbox] });
    }

    /// <summary>Whether the person has said no to all of it before, so that it was confirmed already.</summary>
    private bool IsOptedOut(Statements said)
    {
        Statement? no = said.InForce.LastOrDefault(one => one.Scope.Contains(scope));
        return no is not null
            && !said.Items.SkipWhile(one => !ReferenceEquals(one, no))
                .Any(later => !later.IsOptOut && later.Scope.Overlaps(scope));
    }
}
