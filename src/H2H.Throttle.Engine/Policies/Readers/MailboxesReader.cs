using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads which spellings of a mail address are one mailbox: the domains at which parts do not count.</summary>
internal static class MailboxesReader
{
    private static readonly ImmutableArray<string> Keys = ["ignore_tags", "ignore_dots"];

    /// <param name="node">Null: there is none, so that every spelling is a mailbox of its own.</param>
    /// <param name="findings">Takes the reports.</param>
    public static MailboxRules Read(Node? node, Findings findings) =>
        node is not null && Fields.Of(node, "`mailboxes`", Keys, findings) is { } fields
            ? new MailboxRules(
                ReadDomains(fields["ignore_tags"], findings), ReadDomains(fields["ignore_dots"], findings))
            : MailboxRules.None;

    private static ImmutableArray<Glob> ReadDomains(Node? node, Findings findings)
    {
        if (node is null)
        {
            return [];
        }

        ImmutableArray<Glob>.Builder domains = ImmutableArray.CreateBuilder<Glob>();
        foreach (Node.Scalar text in ValueReader.OneOrMany(node, findings))
        {
            if (text.Text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '*'))
            {
                domains.Add(new Glob(text.Text));
                continue;
            }

            findings.Report(text, new Fault(
                $"{Quoted.Of(text.Text)} is no domain.",
                "Write one in small letters, such as `gmail.com`, `*.example.org`, or `*` for all."));
        }

        return domains.ToImmutable();
    }
}
