using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the name of a suppression list.</summary>
internal static class ListNameReader
{
    /// <summary>The name, or null if no list can be called so.</summary>
    public static string? Read(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, Listed.ListLengthMax, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (ListName.IsValid(text.Text))
        {
            return text.Text;
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not the name of a list.", "Write letters, digits, `.`, `-` and `_` alone."));
        return null;
    }
}
