using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads what a policy gives a name to.</summary>
internal static class NameReader
{
    /// <summary>The name, or null if it cannot be one.</summary>
    public static string? Read(Node node, int lengthMax, Findings findings)
    {
        if (!ValueReader.TryText(node, lengthMax, findings, out Node.Scalar? text))
        {
            return null;
        }

        string name = text.Text;
        if (name.Any(static c => char.IsControl(c) || c is '*') || name != name.Trim())
        {
            findings.Report(node, new Fault(
                $"{Quoted.Of(name)} is not a name.", "Write it without `*`, line breaks and surrounding spaces."));
            return null;
        }

        return name;
    }
}
