using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Finds rules that can never govern a contact.</summary>
internal static class Reachability
{
    private static readonly ImmutableArray<string> Directions = ["in", "out"];

    /// <summary>Reports a rule that no contact can come under.</summary>
    public static void Report(
        Fields rule, Matcher when, Matcher? unless, RuleKind kind, PolicyWords words, Findings findings)
    {
        bool MayGovern(Purpose purpose) =>
            kind.Governs(purpose) && (purpose.IsCapped || when.NamesPurpose(purpose.Name));

        if (Contradiction(when, unless, MayGovern, words) is not { } contradicted)
        {
            return;
        }

        Node place = rule["when"] ?? rule["unless"] ?? rule.Map;
        findings.Report(place, contradicted is "purpose" && IsForExemptPurposes(when, MayGovern, words)
            ? new Fault(
                $"A rule of kind `{kind.Key}` does not govern any of these purposes.",
                "Purposes with `capped: false` must be named in `when`, and those with `hours: ignored` have no hours.")
            : new Fault(
                $"No contact can come under this rule: nothing is left of `{contradicted}`.",
                "Exclude less in `not` and `unless`, or remove the rule."));
    }

    /// <summary>The key for which no value satisfies all that is demanded of it; null if there is none.</summary>
    /// <param name="matcher">What must match.</param>
    /// <param name="lifting">What must not match; null: nothing.</param>
    /// <param name="mayGovern">Which purposes there are to match.</param>
    /// <param name="words">Which channels and purposes there are.</param>
    public static string? Contradiction(
        Matcher matcher, Matcher? lifting, Func<Purpose, bool> mayGovern, PolicyWords words)
    {
        ImmutableArray<Condition> demands = lifting is null
            ? matcher.Conditions
            : matcher.Conditions.Add(new Condition.Not(lifting));
        IEnumerable<string> keys = demands.Select(KeyOf).OfType<string>().Append("purpose").Distinct();
        return keys.FirstOrDefault(key => Candidates(key, demands, mayGovern, words) is { } candidates
            && !candidates.Any(value => demands.All(demand => Allows(demand, key, value))));
    }

    private static bool IsForExemptPurposes(Matcher when, Func<Purpose, bool> mayGovern, PolicyWords words) =>
        words.Purposes is { } purposes
        && purposes.Values.Any(purpose => !mayGovern(purpose)
            && when.Conditions.All(demand => Allows(demand, "purpose", purpose.Name)));

    /// <summary>All values that a key could have; null if they cannot be told.</summary>
    private static IEnumerable<string>? Candidates(
        string key, ImmutableArray<Condition> demands, Func<Purpose, bool> mayGovern, PolicyWords words) => key switch
    {
        // A contact with several subjects can match one and be excluded by none of the others.
        "subject" => null,
        "channel" => words.Channels.IsDefault ? null : words.Channels,
        "purpose" => words.Purposes?.Values.Where(mayGovern).Select(static purpose => purpose.Name),
        "direction" => Directions,
        _ => demands.Where(demand => demand is not Condition.Not && KeyOf(demand) == key)
                .SelectMany(demand => GlobsOf(demand)).ToImmutableArray() is { IsEmpty: false } globs
            && globs.All(static glob => glob.IsLiteral)
                ? globs.Select(static glob => glob.Text)
                : null,
    };

    private static bool Allows(Condition demand, string key, string value) => KeyOf(demand) != key
        || GlobsOf(demand).Any(glob => glob.Matches(value)) != demand is Condition.Not;

    /// <summary>The one key that a condition is about; null if it is about several, or not about names.</summary>
    private static string? KeyOf(Condition condition) => condition switch
    {
        Condition.Trait trait => TraitNames.Of(trait.Key),
        Condition.Label label => "label." + label.Name,
        Condition.Attribute attribute => "person." + attribute.Name,
        Condition.Outcome => "outcome",
        Condition.Event => "event",
        Condition.Not { Matcher.Conditions: [not Condition.Not and { } inner] } => KeyOf(inner),
        _ => null,
    };

    private static ImmutableArray<Glob> GlobsOf(Condition condition) => condition switch
    {
        Condition.Trait trait => trait.AnyOf,
        Condition.Label label => label.AnyOf,
        Condition.Attribute attribute => attribute.AnyOf,
        Condition.Outcome outcome => outcome.AnyOf,
        Condition.Event happened => happened.AnyOf,
        Condition.Not { Matcher.Conditions: [{ } inner] } => GlobsOf(inner),
        _ => [],
    };
}
