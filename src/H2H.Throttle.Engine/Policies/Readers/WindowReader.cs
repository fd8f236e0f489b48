using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the window of a cap or the distance of a gap.</summary>
internal static class WindowReader
{
    public static Window? Read(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (WindowText.Read(text.Text, out Fault? fault) is { } window)
        {
            return window;
        }

        findings.Report(node, fault!);
        return null;
    }
}
