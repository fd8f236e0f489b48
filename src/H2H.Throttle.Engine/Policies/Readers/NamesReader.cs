using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads names that must have been declared, and patterns of them.</summary>
internal static class NamesReader
{
    /// <summary>Reports a name that is not declared, and a pattern that matches nothing declared.</summary>
    /// <param name="text">The name or pattern.</param>
    /// <param name="kind">Of what, in the singular: <c>channel</c>.</param>
    /// <param name="declared">All that there are.</param>
    /// <param name="findings">Takes the report.</param>
    public static void IsDeclared(Node.Scalar text, string kind, IEnumerable<string> declared, Findings findings)
    {
        Glob glob = new(text.Text);
        if (declared.Any(glob.Matches))
        {
            return;
        }

        if (!glob.IsLiteral)
        {
            findings.Report(text, new Fault(
                $"{Quoted.Of(text.Text)} matches no declared {kind}.", $"Declared are: {Quoted.All(declared)}."));
            return;
        }

        string mend = Nearest.To(text.Text, declared) is { } nearest
            ? $"Write `{nearest}`, or declare it among the policy's {kind}s."
            : $"Declare it among the policy's {kind}s, or write one of: {Quoted.All(declared)}.";
        findings.Report(text, new Fault($"The {kind} {Quoted.Of(text.Text)} is not declared.", mend));
    }
}
