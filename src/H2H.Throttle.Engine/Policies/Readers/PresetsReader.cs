using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the presets that a policy adds to its rules. This version has none to add.</summary>
internal static class PresetsReader
{
    public static void Read(Node node, Findings findings)
    {
        if (node is not Node.List list)
        {
            findings.Report(node, new Fault(
                $"A list of presets is expected here, not {node.Shape}.",
                "Write `presets: []`."));
            return;
        }

        foreach (Node item in list.Items)
        {
            if (ValueReader.TryText(item, findings, out Node.Scalar? name))
            {
                findings.Report(item, new Fault(
                    $"This version has no preset {Quoted.Of(name.Text)}.",
                    "Leave it out, and write its rule under `rules`."));
            }
        }
    }
}
