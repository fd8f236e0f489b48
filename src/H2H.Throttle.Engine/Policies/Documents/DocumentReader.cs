using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>Reads text as YAML, within bounds.</summary>
internal static class DocumentReader
{
    public const int BytesMax = 1 << 20;
    public const int DepthMax = 32;
    public const int NodesMax = 100_000;

    /// <summary>The root of the one document in the text; null if that was reported to be impossible.</summary>
    public static Node? ReadOne(string text, Findings findings)
    {
        ImmutableArray<Node> roots = ReadAll(text, findings);
        if (roots.IsDefaultOrEmpty)
        {
            if (findings.IsEmpty)
            {
                findings.Report(1, 1, new Fault(
                    "The document is empty.",
                    "Declare at least `channels` and `purposes`."));
            }

            return null;
        }

        if (roots.Length > 1)
        {
            findings.Report(roots[1], new Fault(
                "A second document starts here; a policy is one.", "Remove `---` or `...` and what follows."));
        }

        return roots[0];
    }

    /// <summary>The roots of all documents in the text; default if that was reported to be impossible.</summary>
    public static ImmutableArray<Node> ReadAll(string text, Findings findings)
    {
        if (!IsWithinBounds(text, findings))
        {
            return default;
        }

        using StringReader reader = new(WithoutByteOrderMark(text));
        try
        {
            return ReadAll(new SteadyParser(reader), findings);
        }
        catch (YamlException malformed)
        {
            ReportMalformed(malformed, text, findings);
            return default;
        }
    }

    /// <summary>What the positions of scalars count in.</summary>
    public static string WithoutByteOrderMark(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    private static ImmutableArray<Node> ReadAll(IParser parser, Findings findings)
    {
        ImmutableArray<Node>.Builder roots = ImmutableArray.CreateBuilder<Node>();
        parser.Consume<StreamStart>();
        while (!parser.TryConsume<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            if (new NodeComposer(parser, findings).Compose() is not { } root)
            {
                return default;
            }

            roots.Add(root);
            parser.Consume<DocumentEnd>();
        }

        return roots.ToImmutable();
    }

    private static bool IsWithinBounds(string text, Findings findings)
    {
        if (Encoding.UTF8.GetByteCount(text) > BytesMax)
        {
            findings.Report(1, 1, new Fault(
                $"The document is longer than {BytesMax} bytes.",
                "Make it shorter; rules can share matchers by `*` globs."));
            return false;
        }

        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
            }
            else if (char.IsControl(text[i]) && text[i] is not ('\t' or '\r'))
            {
                findings.Report(line, i - lineStart + 1, new Fault(
                    $"A control character (U+{(int)text[i]:X4}) stands here.", "Remove it; a policy is plain text."));
                return false;
            }
        }

        return true;
    }

    private static void ReportMalformed(YamlException malformed, string text, Findings findings)
    {
        int line = (int)Math.Max(1, malformed.Start.Line);
        string[] lines = text.Split('\n');
        int tabbed = Array.FindIndex(
            lines, static one => one[..^one.TrimStart().Length].Contains('\t', StringComparison.Ordinal));
        bool isAboutTabs = malformed.Message.Contains(" tab ", StringComparison.Ordinal) || tabbed + 1 - line is 0 or 1;
        if (tabbed >= 0 && isAboutTabs)
        {
            findings.Report(tabbed + 1, lines[tabbed].IndexOf('\t', StringComparison.Ordinal) + 1, new Fault(
                "A tab indents this line, which YAML does not allow.",
                "Indent with spaces."));
            return;
        }

        string detail = malformed.Message.TrimEnd('.');
        findings.Report(line, (int)Math.Max(1, malformed.Start.Column), new Fault(
            $"This is not well-formed YAML: {detail}.",
            "Check brackets, quotes and indentation here; text that holds `: ` or ` #` needs quotes."));
    }
}
