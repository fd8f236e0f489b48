using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Which contacts of the ledger count against an attempt.</summary>
/// <remarks>
/// Contacts that go out, unless the matcher names a direction; and none of a purpose that is not counted, unless the
/// matcher names that purpose.
/// </remarks>
public sealed class Counting
{
    private static readonly ImmutableArray<string?> Together = [null];

    private readonly ImmutableArray<GroupKey> keys;

    /// <param name="matcher">Which contacts.</param>
    /// <param name="per">Only those whose values for these keys are the attempt's; empty: all.</param>
    /// <param name="isWeighted">Whether to add weights instead of counting.</param>
    /// <param name="outcomes">What became of them; null: whatever.</param>
    public Counting(
        Matcher matcher, ImmutableArray<GroupKey> per, bool isWeighted = false, OutcomeFilter? outcomes = null)
    {
        (Matcher, Per, IsWeighted, Outcomes) = (matcher, per, isWeighted, outcomes ?? OutcomeFilter.Attempted);
        keys = per.RemoveAll(static key => key.IsSubject);
        PerSubject = keys.Length != per.Length;
    }

    public Matcher Matcher { get; }

    public ImmutableArray<GroupKey> Per { get; }

    public bool IsWeighted { get; }

    public OutcomeFilter Outcomes { get; }

    internal bool PerSubject { get; }

    /// <summary>The groups an attempt must fit into: one for each of its subjects if they are counted apart.</summary>
    internal ImmutableArray<string?> GroupsOf(ContactTraits traits) =>
        PerSubject && !traits.Subjects.IsEmpty ? ImmutableArray<string?>.CastUp(traits.Subjects) : Together;

    internal bool Counts(in Circumstances circumstances, in LedgerContact contact, string? subject) =>
        CountsSomewhere(circumstances, contact)
        && IsInGroup(new Happening(AboutOf(contact)), circumstances.Traits, subject);

    /// <summary>Whether it counts in one of the attempt's groups at least.</summary>
    internal bool CountsForAny(in Circumstances circumstances, in LedgerContact contact) =>
        CountsSomewhere(circumstances, contact)
        && (PerSubject || IsInGroup(new Happening(AboutOf(contact)), circumstances.Traits, null));

    /// <summary>
    /// When what counts happened: where the matcher names an outcome, when that was so; else when the contact was.
    /// </summary>
    internal Instant WhenCounted(in LedgerContact contact) =>
        Matcher.NamesOutcome ? contact.OutcomeAt : contact.At;

    private bool CountsSomewhere(in Circumstances circumstances, in LedgerContact contact)
    {
        ContactTraits traits = contact.Traits;
        return Matcher.MayMatch(contact)
            && circumstances.Policy.Counts(contact, circumstances.Asked)
            && (traits.Direction is Direction.Out || Matcher.NamesDirection)
            && IsCounted(circumstances, traits.Purpose)
            && Outcomes.Counts(contact.Outcome)
            && Matcher.Matches(Happening.Of(contact) with { Traits = AboutOf(contact) }, circumstances.Person);
    }

    /// <summary>
    /// What a contact was about: where the matcher names an outcome, what was talked about; else what it was placed
    /// for.
    /// </summary>
    private ContactTraits AboutOf(in LedgerContact contact) =>
        Matcher.NamesOutcome ? contact.Discussed ?? contact.Traits : contact.Traits;

    /// <summary>Events count where the matcher is about events.</summary>
    internal bool Counts(in Circumstances circumstances, LedgerEvent happened, string? subject)
    {
        Happening happening = Happening.Of(happened);
        return Matcher.Matches(happening, circumstances.Person)
            && IsInGroup(happening, circumstances.Traits, subject);
    }

    private bool IsCounted(in Circumstances circumstances, string purpose)
    {
        bool isSame = purpose == circumstances.Traits.Purpose;
        Purpose? declared = isSame ? circumstances.Purpose : circumstances.Policy.PurposeOf(purpose);
        return declared is not { IsCounted: false } || Matcher.NamesPurpose(purpose);
    }

    private bool IsInGroup(in Happening happening, ContactTraits asked, string? subject)
    {
        foreach (GroupKey key in keys)
        {
            bool isInAll = happening.IsAboutUntold
                && key is GroupKey.Trait { Key: var trait }
                && happening.IsAboutAll(trait);
            if (!isInAll && key.ValueOf(happening.Traits) != key.ValueOf(asked))
            {
                return false;
            }
        }

        return !PerSubject || (subject is null
                ? happening.Traits.Subjects.IsEmpty
                : happening.Traits.Subjects.Contains(subject));
    }
}
