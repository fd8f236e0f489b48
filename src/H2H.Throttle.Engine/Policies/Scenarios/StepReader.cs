using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads the steps of a scenario.</summary>
internal sealed class StepReader(
    ScenarioContactReader contacts, ScenarioListReader lists, string somebody, Policy? policy, Findings findings)
{
    private static readonly ImmutableArray<string> Actions = ["ask", "take", "did", "person", "list"];

    private static readonly ImmutableArray<string> Keys = ["at", "who", .. Actions, "expect", "rule", "code", "next"];

    private readonly PolicyWords? words = policy is null ? null : PolicyWords.Of(policy);

    /// <summary>Null if it cannot be read.</summary>
    public ScenarioStep? Read(Node node)
    {
        if (Fields.Of(node, "a step", Keys, findings) is not { } fields)
        {
            return null;
        }

        Instant? at = AtOf(fields);
        string[] actions = [.. Actions.Where(action => fields[action] is not null)];
        if (actions is not [{ } action])
        {
            findings.Report(node, new Fault(
                $"A step does one thing, not {actions.Length}.",
                "Write one of `ask`, `take`, `did`, `person` and `list`."));
            return null;
        }

        if (action is "did" or "person" or "list")
        {
            ReportExpectations(fields, action);
        }

        string? who = fields["who"] is { } named
            ? NameReader.Read(named, ScenarioPoolReader.NameLengthMax, findings)
            : somebody;
        return ReadAction(fields, action, node, at) is { } step && who is not null ? step with { Who = who } : null;
    }

    private ScenarioStep? ReadAction(Fields fields, string action, Node node, Instant? at) => action switch
    {
        "did" => ReadDid(fields["did"]!, node.Line, at),
        "person" => PersonChangeReader.Read(fields["person"]!, words, findings) is { } change && at is { } now
            ? new ScenarioStep.Say(node.Line, now, change)
            : null,
        "list" => lists.Read(fields["list"]!) is { } list && at is { } now
            ? new ScenarioStep.Load(node.Line, now, list)
            : null,
        _ => ReadQuestion(fields, action, node.Line, at),
    };

    private Instant? AtOf(Fields fields)
    {
        if (fields["at"] is { } at)
        {
            return MomentReader.ReadInstant(at, findings);
        }

        findings.Report(fields.Map, new Fault("The step has no time.", "Write `at: 2026-03-02T09:00:00+01:00`."));
        return null;
    }

    private ScenarioStep? ReadQuestion(Fields fields, string action, int line, Instant? at)
    {
        ScenarioExpectation? expected = ExpectationReader.Read(fields, policy, findings);
        if (contacts.Read(fields[action]!) is not var (contact, outcome))
        {
            return null;
        }

        if (outcome is not null)
        {
            findings.Report(outcome, new Fault(
                "A contact that is asked for has no outcome yet.", "Write `did` for a contact that was made."));
        }

        if (!contact.Discussed.IsEmpty)
        {
            findings.Report(fields[action]!, new Fault(
                "In a contact that is asked for nothing has been discussed yet.",
                "Write `did` for a contact that was made."));
        }

        if (contact.PlannedAt < at)
        {
            findings.Report(fields[action]!, new Fault(
                "The contact is planned for a time before the step.", "Write `did` for a contact that was made."));
        }

        return (at, expected) switch
        {
            (null, _) or (_, null) => null,
            ({ } now, _) => action is "ask"
                ? new ScenarioStep.Ask(line, now, contact, expected)
                : new ScenarioStep.Take(line, now, contact, expected),
        };
    }

    private ScenarioStep.Did? ReadDid(Node node, int line, Instant? at)
    {
        if (contacts.Read(node) is not var (contact, outcome))
        {
            return null;
        }

        if (outcome is not null && policy is not null)
        {
            IEnumerable<string> known = StandardOutcomes.Names.Concat(policy.Outcomes).Order(StringComparer.Ordinal);
            NamesReader.IsDeclared(outcome, "outcome", known, findings);
        }

        if (contact.PlannedAt is not null)
        {
            findings.Report(node, new Fault("A contact that was made is not planned.", "Leave `planned_at` out."));
        }

        return at is { } now ? new ScenarioStep.Did(line, now, contact, outcome?.Text) : null;
    }

    private void ReportExpectations(Fields fields, string action)
    {
        foreach (string key in (string[])["expect", "rule", "code", "next"])
        {
            if (fields.KeyNode(key) is { } node)
            {
                findings.Report(node, new Fault(
                    $"`{action}` is not answered, so nothing can be expected.",
                    $"Leave `{key}` out."));
            }
        }
    }
}
