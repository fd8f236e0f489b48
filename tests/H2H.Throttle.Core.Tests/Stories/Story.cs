using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Tests.Oracles;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Stories;

/// <summary>A policy, a person with a past, and a contact that is asked for.</summary>
/// <param name="Policy">In force.</param>
/// <param name="Person">Asked about.</param>
/// <param name="Attempt">Asked for.</param>
/// <param name="Now">When it is asked.</param>
/// <param name="Hours">What the rules about hours say, by the rule's name.</param>
internal sealed record Story(
    Policy Policy, Person Person, Attempt Attempt, Instant Now, ImmutableDictionary<string, NaiveHours> Hours)
{
    public bool IsPlanned => Attempt.At > Now;

    /// <summary>What the slow decider finds in the way at another time: planned now, or asked then.</summary>
    public ImmutableArray<string> NaivelyDenying(Instant at) =>
        new NaiveDecider(Policy, Person, Hours).Denying(With(at), IsPlanned ? Now : at);

    /// <summary>What it finds in the way if the contact is planned now for a time.</summary>
    public ImmutableArray<string> NaivelyDenyingPlanned(Instant at) =>
        new NaiveDecider(Policy, Person, Hours).Denying(With(at), Now);

    /// <summary>The same contact at another time.</summary>
    public Attempt With(Instant at) => With(Attempt.Traits, at, Attempt.Weight, Attempt.OverrideReason);

    /// <summary>Another contact to the same address.</summary>
    public Attempt With(ContactTraits traits, Instant at, int weight, string? overrideReason) =>
        new(traits, at, weight, overrideReason) { Lists = Attempt.Lists };

    /// <summary>The same question at another time: planned now, or asked then.</summary>
    public Story AskedAt(Instant at) => this with { Attempt = With(at), Now = IsPlanned ? Now : at };

    /// <summary>For the report of a failure.</summary>
    public string Describe() => string.Join('\n',
    [
        $"zone {Person.Zone?.Id ?? "?"}, country {Person.Country ?? "?"}, policy {Policy.Zone?.Id} {Policy.Country}, "
            + $"weeks from {Policy.WeekStarts}, releases {string.Join(',', Policy.ReleasesUnconfirmedOn)}",
        .. Policy.Rules.Select(RuleText.Of),
        .. Person.Limits.Select(static limit => $"limit {limit.Contacts} in {limit.Window} for {limit.Scope}"),
        .. Person.QuietTimes.Select(static quiet => $"not until {quiet.Until} for {quiet.Scope}"),
        .. Person.Snoozes.Select(static snooze => $"snooze until {snooze.Until} for {snooze.Scope}"),
        .. Person.Ledger.Contacts.Select(static contact =>
            $"{contact.State} {contact.At} {TraitText.Of(contact.Traits)} weight {contact.Weight} "
            + $"until {contact.Expires} {contact.Outcome} {contact.OutcomeAt} {contact.Discussed?.Subjects.Length}"),
        .. Person.Ledger.Events.Select(static happened => $"{happened.Name} {happened.At}"),
        $"asked at {Now} for {Attempt.At}: {TraitText.Of(Attempt.Traits)} weight {Attempt.Weight}",
    ]);
}
