using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads what happens with the person of a scenario.</summary>
internal static class EventStepReader
{
    /// <param name="node">The event's name.</param>
    /// <param name="fields">Of the step.</param>
    /// <param name="about">What they say it is about.</param>
    /// <param name="words">The policy's; null: it cannot be read.</param>
    /// <param name="findings">Takes the reports.</param>
    public static PersonChange.Event? Read(
        Node node, Fields fields, Scope about, PolicyWords? words, Findings findings)
    {
        if (!ValueReader.TryText(node, ContactTraits.NameLengthMax, findings, out Node.Scalar? name))
        {
            return null;
        }

        if (StandardEvents.Said.Contains(name.Text))
        {
            findings.Report(name, new Fault(
                $"{Quoted.Of(name.Text)} is there when the person says so, and does more than happen.",
                "Write `opt_out: {}`, `opt_in: {}`, `consent: { name: calls }` or `revoke: calls`."));
            return null;
        }

        if (words is not null && !words.AllEvents.Contains(name.Text))
        {
            NamesReader.IsDeclared(name, "event", words.AllEvents, findings);
        }

        return new PersonChange.Event(new EventDraft(name.Text)
        {
            About = about,
            Brand = fields["brand"] is { } brand
                && ValueReader.TryText(brand, ContactTraits.NameLengthMax, findings, out Node.Scalar? text)
                    ? text.Text
                    : null,
            Subjects = fields["subject"] is { } subjects ? SubjectsReader.Read(subjects, findings) : [],
        });
    }
}
