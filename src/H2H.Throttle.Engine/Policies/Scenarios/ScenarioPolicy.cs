using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>The policy of a scenario, and the document that says it.</summary>
/// <param name="Policy">Valid.</param>
/// <param name="Document">An inline one as JSON.</param>
/// <param name="File">Where it was read from, as the scenario writes it; null: it is inline.</param>
internal sealed record ScenarioPolicy(Policy Policy, string Document, string? File = null)
{
    private static readonly ImmutableArray<string> Keys = ["inline", "file", "preset"];

    /// <summary>Null if there is none, or it has mistakes; both are reported.</summary>
    public static ScenarioPolicy? Read(Node node, Func<string, string?> readPolicy, Findings findings)
    {
        if (Fields.Of(node, "a scenario's policy", Keys, findings) is not { } fields)
        {
            return null;
        }

        Node?[] given = [fields["inline"], fields["file"], fields["preset"]];
        if (given.Count(static one => one is not null) != 1)
        {
            findings.Report(node, new Fault(
                "A scenario has one policy.", "Write one of `{ inline: … }`, `{ file: acme.yaml }`, `{ preset: … }`."));
            return null;
        }

        if (fields["preset"] is { } preset)
        {
            findings.Report(preset, new Fault(
                "This version has no presets yet.",
                "Write the rule in an inline policy."));
            return null;
        }

        return fields["inline"] is { } inline
            ? ReadInline(inline, findings)
            : ReadFile(fields["file"]!, readPolicy, findings);
    }

    private static ScenarioPolicy? ReadInline(Node inline, Findings findings) =>
        PolicyReader.Read(inline, findings) is { } policy
            ? new ScenarioPolicy(policy, DocumentWriter.Write(inline))
            : null;

    private static ScenarioPolicy? ReadFile(Node node, Func<string, string?> readPolicy, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? path))
        {
            return null;
        }

        if (readPolicy(path.Text) is not { } document)
        {
            findings.Report(node, new Fault(
                $"The file {Quoted.Of(path.Text)} cannot be read.", "Write its path as seen from this file."));
            return null;
        }

        switch (PolicyParser.Read(document))
        {
            case PolicyReading.Valid valid:
                return new ScenarioPolicy(valid.Policy, document, path.Text);
            case PolicyReading.Invalid invalid:
                foreach (PolicyError error in invalid.Errors)
                {
                    findings.In(error.Rule).Report(node, new Fault(
                        $"{Quoted.Of(path.Text)}, line {error.Line}, column {error.Column}: {error.Message}",
                        error.Mend));
                }

                break;
        }

        return null;
    }
}
