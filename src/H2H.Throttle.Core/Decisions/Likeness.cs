using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Which contacts no rule of a policy can tell apart: it is the same which of them is made when.</summary>
/// <remarks>
/// What people say is about a channel, a purpose, a topic or a brand; so these always tell contacts apart. A campaign,
/// say, does so only if a rule names it.
/// </remarks>
internal sealed class Likeness
{
    private readonly bool seesCampaign;
    private readonly bool seesSender;
    private readonly bool seesSubjects;
    private readonly bool seesLabels;
    private readonly bool seesPriority;

    public Likeness(Policy policy)
    {
        ImmutableArray<Condition> named =
        [
            .. policy.Rules
                .SelectMany(static rule => rule.Matchers.Concat(rule.Countings.Select(static one => one.Matcher)))
                .SelectMany(static matcher => matcher.AllConditions),
        ];
        ImmutableArray<GroupKey> apart =
        [
            .. policy.Rules.SelectMany(static rule => rule.Countings).SelectMany(static counting => counting.Per),
        ];
        seesCampaign = Sees(TraitKey.Campaign);
        seesSender = Sees(TraitKey.Sender);
        seesSubjects = Sees(TraitKey.Subject);
        seesLabels = named.Any(static one => one is Condition.Label) || apart.Any(static one => one is GroupKey.Label);
        seesPriority = named.Any(static one => one is Condition.Priority);

        bool Sees(TraitKey key) =>
            named.Any(one => one is Condition.Trait trait && trait.Key == key)
            || apart.Any(one => one is GroupKey.Trait trait && trait.Key == key);
    }

    public bool AreAlike(Attempt one, Attempt other) =>
        AreAlike(one.Traits, other.Traits)
        && one.Weight == other.Weight
        && one.OverrideReason is null == other.OverrideReason is null
        && one.Lists.SequenceEqual(other.Lists);

    private bool AreAlike(ContactTraits one, ContactTraits other) =>
        one.Channel == other.Channel
        && one.Purpose == other.Purpose
        && one.Topic == other.Topic
        && one.Brand == other.Brand
        && one.Country == other.Country
        && one.Address == other.Address
        && one.Direction == other.Direction
        && (!seesCampaign || one.Campaign == other.Campaign)
        && (!seesSender || one.Sender == other.Sender)
        && (!seesSubjects || one.Subjects.SequenceEqual(other.Subjects))
        && (!seesLabels || one.Labels.SequenceEqual(other.Labels))
        && (!seesPriority || one.Priority == other.Priority);
}
