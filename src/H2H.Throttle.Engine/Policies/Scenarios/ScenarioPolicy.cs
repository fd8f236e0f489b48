using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Presets;
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
            return ValueReader.TryText(preset, findings, out Node.Scalar? name)
                && PresetsReader.Find(name, findings) is { IsEmpty: false } presets
                ? OfPresets(name.Text, presets)
                : null;
        }

        return fields["inline"] is { } inline
            ? ReadInline(inline, findings)
            : ReadFile(fields["file"]!, readPolicy, findings);
    }

    /// <summary>The policy that takes in nothing else and declares what they speak of.</summary>
    /// <param name="name">Of the preset or pack.</param>
    /// <param name="presets">What it stands for.</param>
    public static ScenarioPolicy OfPresets(string name, ImmutableArray<Preset> presets)
    {
        string document = JsonSerializer.Serialize(new
        {
            policy = name,
            channels = presets.SelectMany(static preset => preset.Channels).Distinct(),
            purposes = presets.SelectMany(static preset => preset.Purposes.Values)
                .DistinctBy(static purpose => purpose.Name)
                .ToDictionary(static purpose => purpose.Name, static purpose => new
                {
                    capped = purpose.IsCapped,
                    counted = purpose.IsCounted,
                    opt_out = purpose.ObeysOptOut ? "obeyed" : "ignored",
                    hours = purpose.ObeysHours ? "obeyed" : "ignored",
                }),
            presets = new[] { name },
        });
        return PolicyParser.Read(document) is PolicyReading.Valid valid
            ? new ScenarioPolicy(valid.Policy, document)
            : throw new InvalidOperationException($"{name} cannot stand alone.");
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
