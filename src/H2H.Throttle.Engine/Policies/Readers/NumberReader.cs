using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads whole numbers.</summary>
internal static class NumberReader
{
    /// <summary>A number between two others, both included; null if it cannot be read.</summary>
    public static long? Read(Node node, long least, long most, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (ValueReader.WholeNumber(text.Text) is { } number && number >= least && number <= most)
        {
            return number;
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not a whole number from {least} to {most}.", "Write one that is."));
        return null;
    }
}
