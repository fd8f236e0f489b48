using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads plain values. What cannot be read is reported and answered with null, or false.</summary>
internal static class ValueReader
{
    public const int TextLengthMax = 2000;

    /// <summary>A text that is not empty, of at most <see cref="TextLengthMax"/> characters.</summary>
    public static bool TryText(Node node, Findings findings, [NotNullWhen(true)] out Node.Scalar? text) =>
        TryText(node, TextLengthMax, findings, out text);

    public static bool TryText(
        Node node, int lengthMax, Findings findings, [NotNullWhen(true)] out Node.Scalar? text)
    {
        text = node as Node.Scalar;
        if (text is null)
        {
            findings.Report(node, new Fault($"A single value is expected here, not {node.Shape}.", "Write one value."));
        }
        else if (text.IsNothing || string.IsNullOrWhiteSpace(text.Text))
        {
            findings.Report(node, new Fault("A value is missing here.", "Write one, or leave the key out."));
            text = null;
        }
        else if (text.Text.Length > lengthMax)
        {
            findings.Report(node, new Fault(
                $"This is {text.Text.Length} characters long; at most {lengthMax} are allowed.", "Write less."));
            text = null;
        }

        return text is not null;
    }

    /// <summary>One value or a list of them; those that cannot be read are left out.</summary>
    public static ImmutableArray<Node.Scalar> OneOrMany(Node node, Findings findings)
    {
        ImmutableArray<Node> nodes = node is Node.List list ? list.Items : [node];
        ImmutableArray<Node.Scalar>.Builder values = ImmutableArray.CreateBuilder<Node.Scalar>();
        foreach (Node one in nodes)
        {
            if (TryText(one, findings, out Node.Scalar? text))
            {
                values.Add(text);
            }
        }

        return values.ToImmutable();
    }

    public static bool? Flag(Node node, Findings findings)
    {
        if (!TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        switch (text.Text)
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                findings.Report(node, new Fault(
                    $"{Quoted.Of(text.Text)} is neither `true` nor `false`.", "Write `true` or `false`."));
                return null;
        }
    }

    /// <summary>A whole number without sign, or null without a report if it is something else.</summary>
    public static long? WholeNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
