using System.Collections.Immutable;

namespace H2H.Throttle.Core.Rules;

/// <summary>Which contacts still count once it is known what became of them. Until it is known, all do.</summary>
public sealed class OutcomeFilter
{
    private readonly ImmutableHashSet<string> outcomes;
    private readonly bool isExcept;

    private OutcomeFilter(ImmutableHashSet<string> outcomes, bool isExcept) =>
        (this.outcomes, this.isExcept) = (outcomes, isExcept);

    /// <summary>Every contact counts, whatever became of it.</summary>
    public static OutcomeFilter Attempted { get; } = Except([]);

    /// <summary>What certainly did not arrive stops counting.</summary>
    public static OutcomeFilter Delivered { get; } =
        Except(["bounced", "no_answer", "busy", "not_in_service", "dropped", "voicemail_full"]);

    /// <summary>
    /// What certainly did not reach a human being stops counting, a message left on a machine included.
    /// </summary>
    public static OutcomeFilter Connected { get; } =
        Except(["bounced", "no_answer", "busy", "not_in_service", "dropped", "voicemail_full", "voicemail"]);

    public static OutcomeFilter Except(ImmutableHashSet<string> outcomes) => new(outcomes, isExcept: true);

    public static OutcomeFilter Only(ImmutableHashSet<string> outcomes) => new(outcomes, isExcept: false);

    /// <param name="outcome">Null, and <c>sent</c> where it is not named, are not known yet.</param>
    public bool Counts(string? outcome) => outcome switch
    {
        null => true,
        _ when outcomes.IsEmpty => isExcept || outcome == "sent",
        _ when outcomes.Contains(outcome) => !isExcept,
        _ => isExcept || outcome == "sent",
    };

    /// <summary>Whether all that counts for the other counts for this.</summary>
    public bool Covers(OutcomeFilter other) => (isExcept, other.isExcept) switch
    {
        (true, true) => outcomes.IsSubsetOf(other.outcomes),
        (true, false) => !outcomes.Overlaps(other.outcomes) && !outcomes.Contains("sent"),
        (false, true) => false,
        _ => other.outcomes.IsSubsetOf(outcomes),
    };

    /// <summary>Both this and the other must let a contact count.</summary>
    public OutcomeFilter And(OutcomeFilter other) => (isExcept, other.isExcept) switch
    {
        (true, true) => Except(outcomes.Union(other.outcomes)),
        (true, false) => Only(other.outcomes.Except(outcomes)),
        (false, true) => Only(outcomes.Except(other.outcomes)),
        _ => Only(outcomes.Intersect(other.outcomes)),
    };
}
