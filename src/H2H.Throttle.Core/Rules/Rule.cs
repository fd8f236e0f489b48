using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>One constraint on contacts.</summary>
/// <remarks>
/// A kind of rule judges an instant, and tells exactly from when on it would judge otherwise. All instants of one
/// judgement see the same ledger.
/// </remarks>
public abstract record Rule
{
    public const int NameLengthMax = 64;

    private protected Rule(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameLengthMax);
        Name = name;
    }

    /// <summary>The names of what is in force without any policy; no policy can give them to a rule.</summary>
    public static ImmutableArray<string> NamesInForce { get; } =
        [OptOut.RuleName, Snoozed.RuleName, PersonLimit.RuleName, Inconvenient.RuleName];

    public string Name { get; }

    /// <summary>Which attempts it governs.</summary>
    public Matcher When { get; init; } = Matcher.Any;

    /// <summary>Which of those it lets pass after all; null: none.</summary>
    public Matcher? Unless { get; init; }

    /// <summary>The consent that lifts the rule while it is in force; null: none does.</summary>
    public ConsentTerms? UnlessConsent { get; init; }

    /// <summary>It holds for contacts from then on; null: always did.</summary>
    public Instant? From { get; init; }

    /// <summary>It holds for contacts before then; null: for good.</summary>
    public Instant? Until { get; init; }

    public Effect Effect { get; init; }

    public string? Description { get; init; }

    /// <summary>A citation, where the rule is a law or a contract.</summary>
    public string? Source { get; init; }

    /// <summary>What kind it is, as the policy language calls it: the key that makes it one.</summary>
    public abstract string KindName { get; }

    /// <summary>How far back it looks; null: for ever.</summary>
    public abstract Duration? Reach { get; }

    /// <summary>All by which it tells contacts apart, beside those of its countings.</summary>
    internal virtual IEnumerable<Matcher> Matchers => Unless is null ? [When] : [When, Unless];

    /// <summary>What it counts by.</summary>
    internal virtual IEnumerable<Counting> Countings => [];

    internal virtual bool Governs(in Circumstances circumstances)
    {
        Happening attempt = new(circumstances.Traits);
        bool isExempt = circumstances.Purpose is { IsCapped: false } exempt && !When.NamesPurpose(exempt.Name);
        return !isExempt
            && When.Matches(attempt, circumstances.Person)
            && Unless?.Matches(attempt, circumstances.Person) != true;
    }

    /// <summary>Whether it judges an attempt at <paramref name="at"/>, and if not, why not.</summary>
    internal RuleStanding StandingFor(in Circumstances circumstances, Instant at)
    {
        Happening attempt = new(circumstances.Traits);
        return Governs(circumstances) switch
        {
            false when !When.Matches(attempt, circumstances.Person) => RuleStanding.NotMatched,
            false when Unless?.Matches(attempt, circumstances.Person) == true => RuleStanding.Excepted,
            false => RuleStanding.PurposeExempt,
            true when at < From => RuleStanding.NotYet,
            true when at >= Until => RuleStanding.Over,
            true when IsLifted(circumstances, at) => RuleStanding.LiftedByConsent,
            true => RuleStanding.Governs,
        };
    }

    internal bool Passes(in Circumstances circumstances, Instant at) =>
        !IsHeldAt(at) || IsLifted(circumstances, at) || Allows(circumstances, at);

    /// <summary>Whether contacts of that time come under it at all.</summary>
    internal bool IsHeldAt(Instant at) => !(at < From || at >= Until);

    /// <summary>
    /// The first instant, not before <paramref name="at"/>, at which this rule alone lets the contact pass; null:
    /// never.
    /// </summary>
    internal Instant? PassesFrom(in Circumstances circumstances, Instant at)
    {
        if (!IsHeldAt(at))
        {
            return at;
        }

        Instant? lifted = UnlessConsent?.MetFrom(circumstances.Person, circumstances.Traits, at);
        Instant? free = lifted == at ? at : FreeAt(circumstances, at);
        return Earliest(Earliest(free, Until), lifted);
    }

    /// <summary>
    /// The first instant, not before <paramref name="at"/>, at which this rule alone denies the contact; null: never.
    /// </summary>
    internal Instant? DeniesFrom(in Circumstances circumstances, Instant at)
    {
        Instant? start = From is { } from && from > at ? from : at;
        while (start is { } given && BusyAt(circumstances, given) is { } busy && !(busy >= Until))
        {
            if (!IsLifted(circumstances, busy))
            {
                return busy;
            }

            start = UnlessConsent!.MissedFrom(circumstances.Person, circumstances.Traits, busy);
        }

        return null;
    }

    private bool IsLifted(in Circumstances circumstances, Instant at) =>
        UnlessConsent?.IsMet(circumstances.Person, circumstances.Traits, at) == true;

    private static Instant? Earliest(Instant? one, Instant? other) => one is null || other < one ? other : one;

    internal abstract bool Allows(in Circumstances circumstances, Instant at);

    internal abstract Instant? FreeAt(in Circumstances circumstances, Instant at);

    internal abstract Instant? BusyAt(in Circumstances circumstances, Instant at);

    /// <summary>What the rule has to leave open to judge that instant, whatever it then says; null: nothing.</summary>
    /// <remarks>Allocates nothing where nothing is left open.</remarks>
    internal Reason? CautionAt(in Circumstances circumstances, Instant at) =>
        IsHeldAt(at) && !IsLifted(circumstances, at) ? Caution(circumstances, at) : null;

    private protected virtual Reason? Caution(in Circumstances circumstances, Instant at) => null;

    /// <summary>What it looks at to judge that instant, whatever it then says.</summary>
    internal virtual Evidence Look(in Circumstances circumstances, Instant at) => Evidence.None;

    internal abstract Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt);
}
