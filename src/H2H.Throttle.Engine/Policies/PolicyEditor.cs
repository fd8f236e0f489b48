using System.Globalization;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Changes policy documents in place, comments and layout kept.</summary>
public static class PolicyEditor
{
    /// <summary>Writes another limit into a rule. The document need not be valid; read it again afterwards.</summary>
    /// <param name="document">The policy.</param>
    /// <param name="rule">The name of a rule of kind <c>cap</c> with a single limit.</param>
    /// <param name="cap">The new limit, for all: its <c>When</c> is null.</param>
    public static CapAdjustment AdjustCap(string document, string rule, CapLimit cap)
    {
        if (cap.When is not null)
        {
            throw new ArgumentException("The limit must be for all.", nameof(cap));
        }

        string text = DocumentReader.WithoutByteOrderMark(document);
        string mark = document[..^text.Length];
        if (DocumentReader.ReadOne(text, new Findings()) is not Node.Map root || RuleOf(root, rule) is not { } found)
        {
            return new CapAdjustment.RuleUnknown();
        }

        switch (found.Find("cap")?.Value)
        {
            case null:
                return new CapAdjustment.NotOneCap("The rule is not of kind `cap`.");
            case Node.List:
                return new CapAdjustment.NotOneCap("The rule has a list of limits.");
            case Node.Scalar written when LimitsReader.ReadOne(written, new Findings()) is { } previous:
                string edited = string.Concat(text.AsSpan(0, written.Start), Write(cap), text.AsSpan(written.End));
                return CountOf(written, root) == 1
                    ? new CapAdjustment.Adjusted(mark + edited, previous)
                    : new CapAdjustment.NotOneCap("The limit is shared with another place by an alias.");
            default:
                return new CapAdjustment.NotOneCap("The rule's limit cannot be read.");
        }
    }

    private static Node.Map? RuleOf(Node.Map root, string rule) => (root.Find("rules")?.Value as Node.List)?.Items
        .FirstOrDefault(item => RulesReader.NameNode(item)?.Text == rule) as Node.Map;

    /// <summary>At how many places of a tree a node stands.</summary>
    private static int CountOf(Node sought, Node tree) => ReferenceEquals(sought, tree) ? 1 : tree switch
    {
        Node.List list => list.Items.Sum(item => CountOf(sought, item)),
        Node.Map map => map.Entries.Sum(entry => CountOf(sought, entry.Value)),
        _ => 0,
    };

    private static string Write(CapLimit cap) => cap.Contacts switch
    {
        null => "unlimited",
        0 => "blocked",
        { } contacts => contacts.ToString(CultureInfo.InvariantCulture),
    };
}
