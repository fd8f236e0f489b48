using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads what a rule does when it is not met.</summary>
internal static class EffectReader
{
    public static Effect Read(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return Effect.Deny;
        }

        switch (text.Text)
        {
            case "deny":
                return Effect.Deny;
            case "warn":
                return Effect.Warn;
            case "observe":
                return Effect.Observe;
            default:
                findings.Report(node, new Fault(
                    $"{Quoted.Of(text.Text)} is not an effect.",
                    "Write `deny`, `warn` (allowed with a reason) or `observe` (only reported)."));
                return Effect.Deny;
        }
    }
}
