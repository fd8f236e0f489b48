using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Presets;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the presets whose rules a policy takes in.</summary>
/// <remarks>
/// A preset declares nothing for a policy. Of its rules, those about channels and purposes that the policy does not
/// declare govern nothing; a name under <c>presets</c> of which no rule governs anything is a mistake.
/// </remarks>
internal static class PresetsReader
{
    private const string Listing = "`h2h preset list` shows all presets and packs.";

    /// <summary>Each once, in the order of the document; those that cannot be read are left out.</summary>
    public static ImmutableArray<PresetUse> Read(Node node, PolicyWords words, Findings findings)
    {
        if (node is not Node.List list)
        {
            findings.Report(node, new Fault(
                $"A list of presets is expected here, not {node.Shape}.",
                "Write `presets: [fr-phone-cap]`."));
            return [];
        }

        HashSet<string> named = [];
        ImmutableArray<PresetUse>.Builder uses = ImmutableArray.CreateBuilder<PresetUse>();
        foreach (Node item in list.Items)
        {
            if (!ValueReader.TryText(item, findings, out Node.Scalar? name))
            {
                continue;
            }

            if (!named.Add(name.Text))
            {
                findings.Report(item, new Fault(
                    $"{Quoted.Of(name.Text)} is named twice.", "Keep one of the two."));
                continue;
            }

            ImmutableArray<Preset> presets = Find(name, findings);
            ReportIdle(name, presets, words, findings);
            uses.AddRange(presets
                .Where(preset => uses.All(use => use.Preset.Name != preset.Name))
                .Select(preset => new PresetUse(preset, item)));
        }

        foreach (PresetUse use in uses)
        {
            ReportIgnored(use, words, findings);
        }

        return uses.ToImmutable();
    }

    /// <summary>The preset, or those of the pack; empty if there is none of that name, which is reported.</summary>
    public static ImmutableArray<Preset> Find(Node.Scalar name, Findings findings)
    {
        ImmutableArray<Preset> presets = PresetLibrary.Find(name.Text);
        if (presets.IsEmpty)
        {
            IEnumerable<string> known = PresetLibrary.Presets.Select(static preset => preset.Name)
                .Concat(PresetLibrary.Packs.Select(static pack => pack.Name));
            findings.Report(name, new Fault(
                $"There is no preset {Quoted.Of(name.Text)}.",
                Nearest.To(name.Text, known) is { } nearest ? $"Write `{nearest}`." : Listing));
        }

        return presets;
    }

    private static void ReportIdle(
        Node.Scalar name, ImmutableArray<Preset> presets, PolicyWords words, Findings findings)
    {
        if (words.Channels.IsDefault || words.Purposes is null || presets.IsEmpty || presets.Any(preset =>
            preset.NeedsOptOuts || preset.Rules.Any(rule => MayGovern(rule, words))))
        {
            return;
        }

        string channels = string.Join(", ", presets.SelectMany(static preset => preset.Channels).Distinct());
        string purposes = string.Join(
            ", ", presets.SelectMany(static preset => preset.Purposes.Keys).Distinct().Order(StringComparer.Ordinal));
        findings.Report(name, new Fault(
            $"Nothing that this policy declares comes under {Quoted.Of(name.Text)}.",
            $"It is about the channels {channels} and the purposes {purposes}: declare them under these names, or "
            + "leave it out."));
    }

    private static bool MayGovern(Rule rule, PolicyWords words) => Reachability.Contradiction(
        rule.When,
        rule.Unless,
        purpose => (purpose.IsCapped || rule.When.NamesPurpose(purpose.Name))
            && (purpose.ObeysHours || rule is not Hours),
        words) is null;

    /// <summary>Reports purposes that ignore what the preset rests on.</summary>
    private static void ReportIgnored(PresetUse use, PolicyWords words, Findings findings)
    {
        foreach (Purpose demanded in use.Preset.Purposes.Values.OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            if (words.Purposes?.GetValueOrDefault(demanded.Name) is not { } declared)
            {
                continue;
            }

            if (use.Preset.NeedsOptOuts && demanded.ObeysOptOut && !declared.ObeysOptOut)
            {
                findings.Report(use.Node, new Fault(
                    $"`{use.Preset.Name}` demands that opt-outs hold for `{declared.Name}`, which ignores them.",
                    "Take `opt_out: ignored` from the purpose, or leave the preset out."));
            }

            if (demanded.ObeysHours && !declared.ObeysHours && use.Preset.Rules.Any(static rule => rule is Hours))
            {
                findings.Report(use.Node, new Fault(
                    $"`{use.Preset.Name}` demands hours for `{declared.Name}`, which ignores them.",
                    "Take `hours: ignored` from the purpose, or leave the preset out."));
            }
        }
    }
}
