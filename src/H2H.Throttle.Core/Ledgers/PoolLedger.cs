using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Ledgers;

/// <summary>The exact, recent contacts of the other people in a pool, ordered by when they are.</summary>
/// <remarks>
/// Whose each of them is stays unknown, and contacts of two people may have one number. Those that were released are
/// left out.
/// </remarks>
public sealed class PoolLedger
{
    /// <summary>The most contacts that are looked at; of more, the latest.</summary>
    public const int ContactsMax = 50_000;

    private PoolLedger(ImmutableArray<LedgerContact> contacts) => Contacts = contacts;

    public static PoolLedger Empty { get; } = new([]);

    public ImmutableArray<LedgerContact> Contacts { get; }

    /// <summary>Whether there may be contacts that are not looked at.</summary>
    public bool IsFull => Contacts.Length >= ContactsMax;

    public static PoolLedger Of(IEnumerable<LedgerContact> contacts) => new(
    [
        .. contacts
            .Where(static contact => contact.State is not ContactState.Released)
            .OrderBy(static contact => contact.At)
            .ThenBy(static contact => contact.Number)
            .TakeLast(ContactsMax),
    ]);

    /// <summary>The contacts from an instant until, but not including, another.</summary>
    public ReadOnlySpan<LedgerContact> Between(Instant from, Instant until) =>
        LedgerContact.Between(Contacts.AsSpan(), from, until);
}
