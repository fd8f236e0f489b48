using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Policies;

/// <summary>Which spellings of a mail address reach the same mailbox, and so the same person.</summary>
/// <param name="TagsIgnoredAt">Domains at which what follows a <c>+</c> does not tell mailboxes apart.</param>
/// <param name="DotsIgnoredAt">Domains at which dots before the <c>@</c> do not.</param>
public sealed record MailboxRules(ImmutableArray<Glob> TagsIgnoredAt, ImmutableArray<Glob> DotsIgnoredAt)
{
    /// <summary>Every spelling is a mailbox of its own.</summary>
    public static MailboxRules None { get; } = new([], []);

    public bool IsEmpty => TagsIgnoredAt.IsEmpty && DotsIgnoredAt.IsEmpty;

    /// <param name="domain">In small letters.</param>
    public bool IgnoresTags(string domain) => Has(TagsIgnoredAt, domain);

    /// <param name="domain">In small letters.</param>
    public bool IgnoresDots(string domain) => Has(DotsIgnoredAt, domain);

    private static bool Has(ImmutableArray<Glob> domains, string domain)
    {
        foreach (Glob one in domains)
        {
            if (one.Matches(domain))
            {
                return true;
            }
        }

        return false;
    }
}
