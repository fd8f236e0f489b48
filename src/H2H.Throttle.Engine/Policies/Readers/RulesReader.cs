using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Presets;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the rules of a policy.</summary>
internal static class RulesReader
{
    /// <summary>In the order of the document; those that cannot be read are left out.</summary>
    /// <param name="node">The list.</param>
    /// <param name="presets">Whose rules the policy has as well.</param>
    /// <param name="words">What the policy declares.</param>
    /// <param name="findings">Takes the reports.</param>
    public static ImmutableArray<Rule> Read(
        Node node, ImmutableArray<PresetUse> presets, PolicyWords words, Findings findings)
    {
        if (node is Node.Scalar { IsNothing: true })
        {
            return [];
        }

        if (node is not Node.List list)
        {
            findings.Report(node, new Fault(
                $"A list of rules is expected here, not {node.Shape}.", "Start each rule with `- name: …`."));
            return [];
        }

        if (list.Items.Length > Policy.RulesMax)
        {
            findings.Report(list.Items[Policy.RulesMax], new Fault(
                $"A policy has at most {Policy.RulesMax} rules.",
                "Merge rules that differ in one value into one with a list."));
        }

        Dictionary<string, int> lines = [];
        ImmutableArray<Rule>.Builder rules = ImmutableArray.CreateBuilder<Rule>();
        foreach (Node item in list.Items)
        {
            if (item is not Node.Map)
            {
                findings.Report(item, new Fault($"A rule is a map, not {item.Shape}.", "Start it with `- name: …`."));
                continue;
            }

            ReportTaken(NameNode(item), presets, findings);
            if (NameNode(item) is { } name && !lines.TryAdd(name.Text, name.Line))
            {
                findings.In(name.Text).Report(name, new Fault(
                    $"The rule on line {lines[name.Text]} has the name {Quoted.Of(name.Text)} too.",
                    "Give each rule its own name."));
            }

            if (RuleReader.Read(item, words, findings) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules.ToImmutable();
    }

    private static void ReportTaken(Node.Scalar? name, ImmutableArray<PresetUse> presets, Findings findings)
    {
        foreach (Preset preset in presets.Select(static use => use.Preset))
        {
            if (preset.Rules.Any(rule => rule.Name == name?.Text))
            {
                findings.In(name!.Text).Report(name, new Fault(
                    $"A rule of the preset `{preset.Name}` has the name {Quoted.Of(name.Text)} too.",
                    "Give this rule another name, or leave it out if it says the same."));
            }
        }
    }

    /// <summary>Where a rule's name stands; null if it has none.</summary>
    public static Node.Scalar? NameNode(Node rule) => (rule as Node.Map)?.Find("name")?.Value as Node.Scalar;
}
