using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies.Scenarios.Vectors;

/// <summary>Reads what happened before the attempt of a vector.</summary>
/// <remarks>
/// An opt-out or opt-in is about the entry's channel and purpose. A consent is called as its <c>scope</c>, or where
/// that is a channel or nothing, as its purpose; it is about that channel and purpose, lifts the opt-outs that it
/// covers, since the person said yes later, and holds on its <c>valid_dates</c> alone if it has some. Everything else
/// that is no outcome of a contact is an event. A channel or purpose that the preset does not speak of is left out.
/// </remarks>
internal sealed class VectorHistoryReader(
    Policy policy, VectorContactReader contacts, DateTimeZone zone, Findings findings)
{
    /// <summary>The steps that an entry is; empty if it cannot be read.</summary>
    public IEnumerable<ScenarioStep> Read(Node node)
    {
        if (contacts.FieldsOf(node, isAttempt: false) is not { } fields)
        {
            return [];
        }

        string? happened = contacts.OutcomeOf(fields)?.Text;
        if (happened is not null && StandardEvents.Names.Contains(happened))
        {
            return contacts.AtOf(fields) is { } at
                ? ChangesOf(happened, fields).Select(change => new ScenarioStep.Say(node.Line, at, change))
                : [];
        }

        return contacts.Read(node, isAttempt: false) is var (made, contact, outcome)
            ? [new ScenarioStep.Did(node.Line, made, contact, KnownOutcome(outcome))]
            : [];
    }

    private string? KnownOutcome(Node.Scalar? outcome)
    {
        if (outcome is not null)
        {
            IEnumerable<string> known = StandardOutcomes.Names.Order(StringComparer.Ordinal);
            NamesReader.IsDeclared(outcome, "outcome", known, findings);
        }

        return outcome?.Text;
    }

    private IEnumerable<PersonChange> ChangesOf(string happened, Fields fields)
    {
        Scope about = new(
            Known(fields, "channel", policy.Channels.Contains), Known(fields, "purpose", policy.Purposes.ContainsKey));
        return happened switch
        {
            LedgerEvent.OptOut => [new PersonChange.OptOut(about)],
            LedgerEvent.OptIn => [new PersonChange.OptIn(about)],
            LedgerEvent.ConsentGiven => GivenBy(fields, about),
            LedgerEvent.ConsentRevoked => [new PersonChange.Revoke(NameOf(fields), ScopeOf(fields, about))],
            _ =>
            [
                new PersonChange.Event(new EventDraft(happened)
                {
                    About = about,
                    Subjects = contacts.SubjectsOf(fields),
                }),
            ],
        };
    }

    private IEnumerable<PersonChange> GivenBy(Fields fields, Scope about)
    {
        ConsentDraft consent = new(NameOf(fields)) { Scope = ScopeOf(fields, about) };
        yield return new PersonChange.OptIn(consent.Scope);
        if (fields["valid_dates"] is not { } dates)
        {
            yield return new PersonChange.Consent(consent);
            yield break;
        }

        foreach (Node.Scalar date in ValueReader.OneOrMany(dates, findings))
        {
            if (LocalDatePattern.Iso.Parse(date.Text) is { Success: true } day)
            {
                yield return new PersonChange.Consent(consent with
                {
                    StartsAt = LocalStart.Of(day.Value, zone),
                    Until = LocalStart.Of(day.Value.PlusDays(1), zone),
                });
            }
            else
            {
                findings.Report(date, new Fault($"{Quoted.Of(date.Text)} is no date.", "Write `2026-03-02`."));
            }
        }
    }

    private string NameOf(Fields fields) => fields["scope"] is Node.Scalar scope && !IsChannel(scope)
        ? scope.Text
        : (fields["purpose"] as Node.Scalar)?.Text ?? "";

    private Scope ScopeOf(Fields fields, Scope about) => about with
    {
        Channel = fields["scope"] is Node.Scalar scope && IsChannel(scope) ? scope.Text : null,
    };

    private bool IsChannel(Node.Scalar scope) => policy.Channels.Contains(scope.Text);

    private static string? Known(Fields fields, string key, Func<string, bool> isDeclared) =>
        fields[key] is Node.Scalar text && isDeclared(text.Text) ? text.Text : null;
}
