using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Tells which rules deny whatever others would.</summary>
/// <remarks>A yes holds for every past a person can have; a no may only mean that it cannot be told.</remarks>
internal static class Strictness
{
    /// <summary>
    /// Whether a rule denies each attempt that it governs and that another rule, which governs it too, would deny.
    /// </summary>
    public static bool DeniesAllThat(Rule strict, Rule lenient, ReviewedPolicy reviewed) => (strict, lenient) switch
    {
        (Cap cap, _) when cap.Limits.All(static limit => limit is { When: null, Contacts: 0 }) => true,
        (Cap or Gap, Cap or Gap) => IsDenser(strict, lenient, reviewed.Policy),
        (Hours one, Hours other) =>
            !one.Schedule.KnowsHolidays
            && !other.Schedule.KnowsHolidays
            && one.Zone == other.Zone
            && reviewed.OpenMinutesOf(one).IsWithin(reviewed.OpenMinutesOf(other)),
        (Blackout one, Blackout other) =>
            one.Interval.Start <= other.Interval.Start && one.Interval.End >= other.Interval.End,
        (Cooldown one, Cooldown other) => IsLonger(one, other, reviewed.Policy),
        (Balance one, Balance other) => one.AtMost <= other.AtMost
            && one.OfLast >= other.OfLast
            && Counts(one.Row, other.Row, reviewed.Policy)
            && Implication.OfPast.Holds(other.Kind.Conditions, one.Kind),
        (ConsentNeeded one, ConsentNeeded other) => one.Consent == other.Consent,
        (OnHold one, OnHold other) => one.Hold == other.Hold,
        (Listed one, Listed other) => one.List == other.List && IsFresher(one, other),
        (Needs { Or: null } one, Needs { Or: null } other) =>
            WindowNesting.IsWithin(one.Within, one.Zone, other.Within, other.Zone)
            && Counts(other.Happened, one.Happened, reviewed.Policy),
        _ => false,
    };

    private static bool IsDenser(Rule strict, Rule lenient, Policy policy) =>
        DensityOf(strict) is { } one
        && DensityOf(lenient) is { } other
        && (other.Pool is null || other.Pool == one.Pool)
        && MostAllowedBy(strict) <= LeastAllowedBy(lenient)
        && WindowNesting.IsWithin(other.Window, other.Zone, one.Window, one.Zone)
        && Counts(one.Counting, other.Counting, policy);

    public static Density? DensityOf(Rule rule) => rule switch
    {
        Cap cap => cap.Density,
        Gap gap => gap.Density,
        _ => null,
    };

    /// <summary>The most that anyone may get; null: someone is not limited.</summary>
    private static int? MostAllowedBy(Rule rule) => rule is not Cap { Limits: var limits } ? 1
        : limits.All(static limit => limit.Contacts is not null) && limits[^1].When is null
            ? limits.Max(static limit => limit.Contacts)
            : null;

    /// <summary>The least that anyone may get; null: nobody is limited.</summary>
    public static int? LeastAllowedBy(Rule rule) => rule is not Cap cap ? 1
        : Math.Max(0, cap.Limits.Min(static limit => limit.Contacts) - (cap.Keep?.Slots ?? 0) ?? int.MaxValue)
            is var least and < int.MaxValue ? least : null;

    private static bool IsLonger(Cooldown strict, Cooldown lenient, Policy policy) =>
        strict.Times <= lenient.Times
        && (strict.Times == 1 || WindowNesting.IsWithin(lenient.Within, lenient.Zone, strict.Within, strict.Zone))
        && Counts(strict.After, lenient.After, policy)
        && (strict.Silence, lenient.Silence) switch
        {
            (Silence.Endless, _) => true,
            (Silence.Rolling one, Silence.Rolling other) => one.Window.Span >= other.Window.Span,
            (Silence.Days one, Silence.Days other) => strict.Zone == lenient.Zone
                && one.Count >= other.Count
                && (other.IncludesFirst || !one.IncludesFirst),
            (Silence.Months one, Silence.Months other) => strict.Zone == lenient.Zone
                && one.Count >= other.Count
                && (other.IncludesFirst || !one.IncludesFirst),
            (Silence.RollingMonths one, Silence.RollingMonths other) =>
                strict.Zone == lenient.Zone && one.Window.Months >= other.Window.Months,
            _ => false,
        };

    private static bool IsFresher(Listed strict, Listed lenient) => (strict.Freshness, lenient.Freshness) switch
    {
        (_, null) => true,
        (Freshness.Rolling one, Freshness.Rolling other) => one.Window.Span <= other.Window.Span,
        (Freshness.Days one, Freshness.Days other) => strict.Zone == lenient.Zone && one.Count <= other.Count,
        (Freshness.Months one, Freshness.Months other) => strict.Zone == lenient.Zone && one.Count <= other.Count,
        (Freshness.RollingMonths one, Freshness.RollingMonths other) =>
            strict.Zone == lenient.Zone && one.Window.Months <= other.Window.Months,
        _ => false,
    };

    /// <summary>Whether all that counts for one, counts for the other, and for no less.</summary>
    /// <remarks>Where a matcher names an outcome, contacts are what was talked about, and when it was so.</remarks>
    public static bool Counts(Counting wide, Counting narrow, Policy policy) =>
        (wide.IsWeighted || !narrow.IsWeighted)
        && wide.Per.All(narrow.Per.Contains)
        && wide.Outcomes.Covers(narrow.Outcomes)
        && wide.Matcher.NamesOutcome == narrow.Matcher.NamesOutcome
        && wide.Matcher.NamesEvent == narrow.Matcher.NamesEvent
        && (!narrow.Matcher.NamesEvent || wide.Matcher.NamesDirection == narrow.Matcher.NamesDirection)
        && policy.Purposes.Values.All(purpose =>
            purpose.IsCounted || !narrow.Matcher.NamesPurpose(purpose.Name) || wide.Matcher.NamesPurpose(purpose.Name))
        && Implication.OfPast.Holds(WithDirection(narrow.Matcher), new Matcher(WithDirection(wide.Matcher)));

    /// <summary>Contacts that go out are meant where no direction is named.</summary>
    private static ImmutableArray<Condition> WithDirection(Matcher matcher) => matcher.NamesDirection
        ? matcher.Conditions
        : matcher.Conditions.Add(new Condition.Trait(TraitKey.Direction, [new Glob("out")]));
}
