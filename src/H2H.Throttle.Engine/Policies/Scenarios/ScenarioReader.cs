using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using H2H.Throttle.Engine.Policies.Scenarios.Vectors;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads scenario files: YAML with one scenario a document, or a list of vectors, which may be JSON.</summary>
public static class ScenarioReader
{
    public const int NameLengthMax = 200;
    public const int StepsMax = 10_000;

    private static readonly ImmutableArray<string> Keys = 
        ["scenario", "policy", "person", "pool", "lists", "defaults", "steps"];

    /// <summary>Each document of a file, in order; those that are empty are left out.</summary>
    /// <param name="file">The text of the file.</param>
    /// <param name="readPolicy">
    /// The text of a policy file that a scenario names, by its path as it is written; null if it cannot be read.
    /// </param>
    /// <remarks>Of a file that is not well-formed YAML, or has no scenario, one unready scenario says so.</remarks>
    public static ImmutableArray<ScenarioReading> Read(string file, Func<string, string?> readPolicy)
    {
        Findings findings = new();
        ImmutableArray<Node> roots = DocumentReader.ReadAll(file, findings);
        if (!roots.IsDefault && roots.All(IsNothing))
        {
            findings.Report(1, 1, new Fault("The file has no scenario.", "Start one with `scenario: …`."));
        }

        return findings.IsEmpty
            ? [.. roots.Where(static root => !IsNothing(root)).SelectMany(root => ReadAll(root, readPolicy))]
            : [new ScenarioReading.Unready(null, 1, findings.ToErrors())];
    }

    /// <summary>One scenario, or all vectors of a list.</summary>
    private static IEnumerable<ScenarioReading> ReadAll(Node root, Func<string, string?> readPolicy) =>
        root is Node.List { Items: [Node.Map first, ..] } vectors && first.Find("scenario") is null
            ? vectors.Items.Select(VectorReader.Read)
            : [Read(root, readPolicy)];

    private static bool IsNothing(Node root) => root is Node.Scalar { IsNothing: true };

    private static ScenarioReading Read(Node root, Func<string, string?> readPolicy)
    {
        Findings findings = new();
        string? name = null;
        if (Fields.Of(root, "a scenario", Keys, findings) is { } fields)
        {
            name = NameOf(fields, findings);
            ScenarioPolicy? policy = PolicyOf(fields, readPolicy, findings);
            Person person = fields["person"] is { } someone
                ? ScenarioPersonReader.Read(someone, findings)
                : Person.Unknown;
            ImmutableArray<ScenarioPool> pools = fields["pool"] is { } shared
                ? ScenarioPoolReader.Read(shared, findings)
                : [];
            string somebody = pools.SelectMany(static pool => pool.People).FirstOrDefault(Scenario.Somebody);
            ScenarioContactReader contacts = new(fields["defaults"], policy?.Policy, findings);
            ScenarioListReader lists = new(person.Zone ?? policy?.Policy.Zone, findings);
            ImmutableArray<ScenarioList> loaded = fields["lists"] is { } given ? lists.ReadAll(given) : [];
            StepReader reader = new(contacts, lists, somebody, policy?.Policy, findings);
            ImmutableArray<ScenarioStep> steps = StepsOf(fields, reader, findings);
            if (name is not null && policy is not null && findings.IsEmpty)
            {
                return new ScenarioReading.Ready(
                    new Scenario(name, root.Line, policy.Policy, policy.Document, person, steps)
                    {
                        PolicyFile = policy.File,
                        Lists = loaded,
                        Pools = pools,
                    });
            }
        }

        return new ScenarioReading.Unready(name, root.Line, findings.ToErrors());
    }

    private static string? NameOf(Fields fields, Findings findings)
    {
        if (fields["scenario"] is { } node)
        {
            return ValueReader.TryText(node, NameLengthMax, findings, out Node.Scalar? name) ? name.Text : null;
        }

        findings.Report(fields.Map, new Fault("The scenario has no name.", "Write `scenario: …`, in words."));
        return null;
    }

    private static ScenarioPolicy? PolicyOf(Fields fields, Func<string, string?> readPolicy, Findings findings)
    {
        if (fields["policy"] is { } node)
        {
            return ScenarioPolicy.Read(node, readPolicy, findings);
        }

        findings.Report(fields.Map, new Fault(
            "The scenario has no policy.",
            "Write `policy: { file: acme.yaml }`, or a whole one under `policy: { inline: … }`."));
        return null;
    }

    private static ImmutableArray<ScenarioStep> StepsOf(Fields fields, StepReader reader, Findings findings)
    {
        if (fields["steps"] is not Node.List { Items.Length: > 0 } list)
        {
            findings.Report(fields["steps"] ?? fields.Map, new Fault(
                "The scenario has no steps.", "Write a list of them under `steps`."));
            return [];
        }

        if (list.Items.Length > StepsMax)
        {
            findings.Report(list.Items[StepsMax], new Fault(
                $"A scenario has at most {StepsMax} steps.", "Make several scenarios of it."));
        }

        ImmutableArray<ScenarioStep> steps = [.. list.Items.Select(reader.Read).OfType<ScenarioStep>()];
        for (int i = 1; i < steps.Length; i++)
        {
            if (steps[i].At < steps[i - 1].At)
            {
                findings.Report(steps[i].Line, 1, new Fault(
                    $"This step is earlier than the one on line {steps[i - 1].Line}.",
                    "Put steps in the order of time."));
            }
        }

        return steps;
    }
}
