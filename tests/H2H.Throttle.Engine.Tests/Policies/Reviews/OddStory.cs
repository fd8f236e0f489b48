using System.Collections.Immutable;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Reviews;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Policies.Reviews;

/// <summary>A policy that may have odd rules, and the contacts of a person.</summary>
/// <param name="Document">Valid.</param>
/// <param name="Contacts">In the order of time.</param>
/// <param name="Zone">The person's.</param>
internal sealed record OddStory(
    string Document, ImmutableArray<(Instant At, ContactTraits Traits, string? Outcome)> Contacts, string Zone)
{
    private readonly PolicyReview review = PolicyReview.Of(Document, Instant.FromUtc(2026, 1, 1, 0, 0));

    public Policy Policy => review.Reading is PolicyReading.Valid valid
        ? valid.Policy
        : throw new Xunit.Sdk.XunitException($"{review.Reading}\n{Document}");

    public ImmutableArray<PolicyWarning> Warnings => review.Warnings;

    /// <summary>Each contact, asked for after all before it were made, whether allowed or not.</summary>
    public IEnumerable<(Person Person, Attempt Attempt)> Attempts() => Play(onlyAllowed: false);

    /// <summary>Each contact, asked for after those before it were made that were allowed.</summary>
    public IEnumerable<(Person Person, Attempt Attempt)> Taken() => Play(onlyAllowed: true);

    public override string ToString() =>
        $"{Document}\n{Zone}\n{string.Join('\n', Contacts.Select(static one =>
            $"{one.At} {one.Traits.Channel} {one.Traits.Purpose} {one.Traits.Topic} {one.Traits.Priority} {one.Outcome}"
                ))}";

    private IEnumerable<(Person Person, Attempt Attempt)> Play(bool onlyAllowed)
    {
        Person person = Person.Unknown with
        {
            Zone = DateTimeZoneProviders.Tzdb[Zone],
            Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "gold"),
        };
        long number = 0;
        foreach ((Instant at, ContactTraits traits, string? outcome) in Contacts)
        {
            Attempt attempt = new(traits, at, weight: 1 + (int)(number % 3));
            yield return (person, attempt);
            if (!onlyAllowed || Decider.Decide(Policy, person, attempt, at) is Decision.Allowed)
            {
                LedgerContact made = new(
                    new ContactNumber(++number), at, traits, attempt.Weight, ContactState.Made, at, outcome,
                    OutcomeAt: at + Duration.FromHours(number % 5));
                person = person with { Ledger = person.Ledger.Add(made) };
            }
        }
    }
}
