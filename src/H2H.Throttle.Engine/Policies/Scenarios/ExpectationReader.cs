using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads what a step expects to be answered.</summary>
internal static class ExpectationReader
{
    /// <summary>Null if it does not say.</summary>
    public static ScenarioExpectation? Read(Fields step, Policy? policy, Findings findings)
    {
        bool? isAllowed = VerdictOf(step, findings);
        string? rule = step["rule"] is { } named ? RuleOf(named, policy, findings) : null;
        ReasonCode? code = step["code"] is { } coded ? CodeOf(coded, findings) : null;
        ScenarioExpectation.Time? next = step["next"] is { } time ? NextOf(time, findings) : null;
        if (isAllowed == true && step.KeyNode("next") is { } place)
        {
            findings.Report(place, new Fault("What is allowed has no next time.", "Leave `next` out."));
        }

        return isAllowed is { } verdict ? new ScenarioExpectation(verdict, rule, code, next) : null;
    }

    private static bool? VerdictOf(Fields step, Findings findings)
    {
        if (step["expect"] is not { } node)
        {
            findings.Report(step.Map, new Fault(
                "The step does not say what it expects.", "Write `expect: allow` or `expect: deny`."));
            return null;
        }

        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (text.Text is not ("allow" or "deny"))
        {
            findings.Report(node, new Fault(
                $"{Quoted.Of(text.Text)} is not a verdict.", "Write `expect: allow` or `expect: deny`."));
        }

        return text.Text is "allow";
    }

    private static string? RuleOf(Node node, Policy? policy, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (policy is not null)
        {
            IEnumerable<string> rules = [.. policy.Rules.Select(static rule => rule.Name), .. Rule.NamesInForce];
            if (!rules.Contains(text.Text))
            {
                string mend = Nearest.To(text.Text, rules) is { } nearest
                    ? $"Write `{nearest}`."
                    : $"There are: {string.Join(", ", rules)}.";
                findings.Report(node, new Fault($"The policy has no rule {Quoted.Of(text.Text)}.", mend));
            }
        }

        return text.Text;
    }

    private static ReasonCode? CodeOf(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (ReasonCodes.Find(text.Text) is { } code)
        {
            return code;
        }

        string mend = Nearest.To(text.Text, ReasonCodes.Names) is { } nearest
            ? $"Write `{nearest}`."
            : $"There are: {string.Join(", ", ReasonCodes.Names)}.";
        findings.Report(node, new Fault($"{Quoted.Of(text.Text)} is not the code of a reason.", mend));
        return null;
    }

    private static ScenarioExpectation.Time? NextOf(Node node, Findings findings) =>
        node is Node.Scalar { Text: "never" }
            ? new ScenarioExpectation.Time(null)
            : MomentReader.ReadInstant(node, findings) is { } at ? new ScenarioExpectation.Time(at) : null;
}
