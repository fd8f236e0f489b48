using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Looks for the single changes that would allow a contact, by deciding with each.</summary>
internal sealed class Changes(Policy policy, Person person, Attempt attempt, Instant now)
{
    /// <summary>The latest open reservations are tried, so many.</summary>
    public const int ReleasesTriedMax = 200;

    /// <summary>The most reservations that are named.</summary>
    public const int ReleasesMax = 10;

    private const string AnyReason = "any";

    private static readonly ImmutableArray<string> Nothing = [];

    public ImmutableArray<Change> Find(Decision.Denied denied) =>
    [
        .. Waiting(denied),
        .. denied.AllowedChannels.Select(static channel => new Change.OtherChannel(channel)),
        .. OtherPurposes(),
        .. Lighter(),
        .. Releases(),
        .. Overriding(),
        .. HigherCaps(denied),
        .. OptIns(denied),
        .. Agreements(denied),
        .. Lifted(denied),
    ];

    private IEnumerable<Change> Waiting(Decision.Denied denied)
    {
        if (denied.NextAllowedAt is { } next && Allows(policy, person, At(next), attempt.At > now ? now : next))
        {
            yield return new Change.Wait(next);
        }
    }

    /// <remarks>Only a purpose that is exempt from something: others are allowed because nobody wrote a rule.</remarks>
    private IEnumerable<Change> OtherPurposes() =>
        from purpose in policy.Purposes.Values.OrderBy(static purpose => purpose.Name, StringComparer.Ordinal)
        where purpose.Name != attempt.Traits.Purpose
            && (!purpose.IsCapped || !purpose.ObeysOptOut || !purpose.ObeysHours)
            && Allows(With(attempt.Traits.For(purpose.Name)))
        select new Change.OtherPurpose(purpose.Name);

    /// <remarks>Where a weight is too heavy, every heavier one is.</remarks>
    private IEnumerable<Change> Lighter()
    {
        int light = 0;
        int heavy = attempt.Weight;
        while (light + 1 < heavy)
        {
            int middle = (light + heavy) / 2;
            (light, heavy) = Allows(Weighing(middle)) ? (middle, heavy) : (light, middle);
        }

        if (light > 0)
        {
            yield return new Change.LessWeight(light);
        }
    }

    private IEnumerable<Change> Releases() => person.Ledger.Contacts
        .Where(contact => contact.IsOpen && policy.Counts(contact, now))
        .TakeLast(ReleasesTriedMax)
        .Where(contact => Allows(Without(contact)))
        .TakeLast(ReleasesMax)
        .Select(static contact => new Change.Release(contact));

    private IEnumerable<Change> Overriding()
    {
        Attempt overriding = Asking(attempt.Traits, attempt.At, attempt.Weight, AnyReason);
        if (attempt.OverrideReason is null && Allows(overriding))
        {
            yield return new Change.Override();
        }
    }

    private IEnumerable<Change> HigherCaps(Decision.Denied denied)
    {
        foreach (Cap cap in policy.Rules.OfType<Cap>().Where(cap => IsAmong(denied, cap.Name)))
        {
            Circumstances circumstances = Circumstances.Of(policy, person, attempt, now);
            if (cap.RaisedFor(circumstances, attempt.At) is ({ } higher, var limit)
                && Allows(policy with { Rules = policy.Rules.Replace(cap, higher) }, person, attempt, now))
            {
                yield return new Change.HigherCap(cap.Name, limit);
            }
        }
    }

    private IEnumerable<Change> OptIns(Decision.Denied denied)
    {
        ContactTraits about = attempt.Traits;
        Scope scope = new(about.Channel, about.Purpose, about.Topic, about.Brand);
        Statement said = new(IsOptOut: false, scope, now, null);
        if (IsAmong(denied, OptOut.RuleName) && Allows(person with { Statements = person.Statements.With(said) }))
        {
            yield return new Change.OptIn(scope);
        }
    }

    private IEnumerable<Change> Agreements(Decision.Denied denied) => policy.Rules
        .Where(rule => IsAmong(denied, rule.Name))
        .SelectMany(static rule => rule is ConsentNeeded needed
            ? [needed.Consent.Name]
            : rule.UnlessConsent is { } lifting ? [lifting.Name] : Nothing)
        .Distinct()
        .Where(consent => Allows(person with { Consents = person.Consents.Add(Given(consent)) }))
        .Select(static consent => new Change.Agreement(consent));

    private IEnumerable<Change> Lifted(Decision.Denied denied) => policy.Rules
        .OfType<OnHold>()
        .Where(rule => IsAmong(denied, rule.Name))
        .Select(static rule => rule.Hold)
        .Distinct()
        .Where(hold => Allows(person with { Holds = person.Holds.Remove(hold) }))
        .Select(static hold => new Change.LiftedHold(hold));

    private GivenConsent Given(string consent) => new(consent, Scope.Everything, now, null, [], null);

    private Person Without(LedgerContact reservation) => person with
    {
        Ledger = person.Ledger.Replace(reservation with { State = ContactState.Released }),
    };

    private Attempt At(Instant at) => Asking(attempt.Traits, at, attempt.Weight, attempt.OverrideReason);

    private Attempt With(ContactTraits traits) => Asking(traits, attempt.At, attempt.Weight, attempt.OverrideReason);

    private Attempt Weighing(int weight) => Asking(attempt.Traits, attempt.At, weight, attempt.OverrideReason);

    private Attempt Asking(ContactTraits traits, Instant at, int weight, string? overrideReason) =>
        new(traits, at, weight, overrideReason) { Lists = attempt.Lists };

    private bool Allows(Attempt other) => Allows(policy, person, other, now);

    private bool Allows(Person other) => Allows(policy, other, attempt, now);

    private static bool Allows(Policy policy, Person person, Attempt attempt, Instant now) =>
        Question.IsMet(policy, person, attempt, now);

    private static bool IsAmong(Decision.Denied denied, string rule) =>
        denied.Reasons.Any(reason => reason.Rule == rule);
}
