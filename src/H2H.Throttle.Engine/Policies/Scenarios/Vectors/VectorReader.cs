using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios.Vectors;

/// <summary>
/// Reads a vector: a case of a conformance file, which tries one preset by a history, one attempt and what must be
/// answered. It becomes a scenario with the preset as its policy.
/// </summary>
internal static class VectorReader
{
    private static readonly ImmutableArray<string> NoteKeys =
        ["jurisdiction", "reason", "source", "derived_by", "note"];

    private static readonly ImmutableArray<string> Keys =
    [
        "id", "rule", "timezone", "history", "attempt", "expected", "next_allowed_at", "context", .. NoteKeys,
        .. VectorContactReader.LabelKeys,
    ];

    public static ScenarioReading Read(Node root)
    {
        Findings findings = new();
        string? id = null;
        if (Fields.Of(root, "a case", Keys, findings) is { } fields)
        {
            id = Required(fields, "id", findings)?.Text;
            ImmutableArray<Preset> presets = Required(fields, "rule", findings) is { } rule
                ? PresetsReader.Find(rule, findings)
                : [];
            Node.Scalar? zoned = Required(fields, "timezone", findings);
            DateTimeZone? zone = zoned is null ? null : ZoneReader.Read(zoned, findings);
            if (id is not null && presets is [var preset] && zone is not null)
            {
                ScenarioPolicy policy = ScenarioPolicy.OfPresets(preset.Name, presets);
                Scenario scenario = ReadStory(fields, id, policy, zone, findings);
                if (findings.IsEmpty)
                {
                    return new ScenarioReading.Ready(scenario);
                }
            }
        }

        return new ScenarioReading.Unready(id, root.Line, findings.ToErrors());
    }

    private static Scenario ReadStory(
        Fields fields, string id, ScenarioPolicy policy, DateTimeZone zone, Findings findings)
    {
        VectorContext context = VectorContextReader.Read(fields["context"], policy.Policy, zone, findings);
        VectorContactReader contacts = new(policy.Policy, context, findings);
        VectorHistoryReader history = new(policy.Policy, contacts, zone, findings);
        ImmutableArray<ScenarioStep> past = fields["history"] is Node.List list
            ? [.. list.Items.SelectMany(history.Read).OrderBy(static step => step.At)]
            : [];
        ImmutableArray<ScenarioStep> steps = ReadAttempt(fields, contacts, findings) is { } ask
            ? [.. past, .. context.Reminders(past, ask), ask]
            : past;
        return new Scenario(
            id, fields.Map.Line, policy.Policy, policy.Document, context.Describe(zone), steps)
        {
            Lists = context.Lists,
        };
    }

    private static ScenarioStep.Ask? ReadAttempt(Fields fields, VectorContactReader contacts, Findings findings)
    {
        bool? isAllowed = Required(fields, "expected", findings) switch
        {
            { Text: "allow" } => true,
            { Text: "deny" } => false,
            { } other => Unexpected(other, findings),
            null => null,
        };
        Instant? next = fields["next_allowed_at"] is { } node ? MomentReader.ReadInstant(node, findings) : null;
        if (fields["attempt"] is not Node.Map attempt)
        {
            findings.Report(fields.Map, new Fault(
                "The case has no attempt.", "Write `attempt: { at: …, channel: …, purpose: … }`."));
            return null;
        }

        return isAllowed is null || contacts.Read(attempt, isAttempt: true, fields) is not var (at, contact, _)
            ? null
            : new ScenarioStep.Ask(attempt.Line, at, contact, new ScenarioExpectation(
                isAllowed.Value, null, null, next is null ? null : new ScenarioExpectation.Time(next))
            {
                IsOfPolicyAlone = true,
            });
    }

    private static bool? Unexpected(Node.Scalar node, Findings findings)
    {
        findings.Report(node, new Fault(
            $"{Quoted.Of(node.Text)} is no verdict.", "Write `allow` or `deny`."));
        return null;
    }

    private static Node.Scalar? Required(Fields fields, string key, Findings findings)
    {
        if (fields[key] is { } node)
        {
            return ValueReader.TryText(node, findings, out Node.Scalar? text) ? text : null;
        }

        findings.Report(fields.Map, new Fault($"The case has no `{key}`.", $"Write `{key}: …`."));
        return null;
    }
}
