using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Ledgers;

/// <summary>The exact, recent contacts and events of one person, each ordered by when they are.</summary>
/// <remarks>Immutable; a change makes a new one. Contacts at the same instant are ordered by number.</remarks>
public sealed class Ledger
{
    /// <summary>The most contacts that one person's ledger holds.</summary>
    public const int ContactsMax = 10_000;

    /// <summary>The most events that one person's ledger holds; beyond them the oldest is forgotten.</summary>
    public const int EventsMax = 1000;

    private Ledger(ImmutableArray<LedgerContact> contacts, ImmutableArray<LedgerEvent> events) =>
        (Contacts, Events) = (contacts, events);

    public static Ledger Empty { get; } = new([], []);

    public ImmutableArray<LedgerContact> Contacts { get; }

    public ImmutableArray<LedgerEvent> Events { get; }

    public bool IsFull => Contacts.Length >= ContactsMax;

    /// <exception cref="ArgumentException">Two contacts have one number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="ContactsMax"/>.</exception>
    public static Ledger Of(IEnumerable<LedgerContact> contacts, IEnumerable<LedgerEvent>? events = null)
    {
        ImmutableArray<LedgerContact> sorted = contacts is ImmutableArray<LedgerContact> given ? given : [.. contacts];
        bool isInOrder = IsInOrder(sorted.AsSpan());   // as it was stored
        sorted = isInOrder ? sorted : [.. sorted.OrderBy(static c => c.At).ThenBy(static c => c.Number)];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sorted.Length, ContactsMax, nameof(contacts));
        if (!isInOrder && sorted.DistinctBy(static c => c.Number).Count() != sorted.Length)
        {
            throw new ArgumentException("Two contacts have the same number.", nameof(contacts));
        }

        ImmutableArray<LedgerEvent> happened = events is ImmutableArray<LedgerEvent> known ? known : [.. events ?? []];
        happened = AreInOrder(happened) ? happened : [.. happened.OrderBy(static e => e.At)];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(happened.Length, EventsMax, nameof(events));
        return new Ledger(sorted, happened);
    }

    /// <summary>Whether times and numbers rise: nothing is to be sorted, and no number is there twice.</summary>
    private static bool IsInOrder(ReadOnlySpan<LedgerContact> contacts)
    {
        for (int i = 1; i < contacts.Length; i++)
        {
            if (contacts[i - 1].At > contacts[i].At || contacts[i - 1].Number.CompareTo(contacts[i].Number) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreInOrder(ImmutableArray<LedgerEvent> events)
    {
        for (int i = 1; i < events.Length; i++)
        {
            if (events[i - 1].At > events[i].At)
            {
                return false;
            }
        }

        return true;
    }

    public LedgerContact? Find(ContactNumber number)
    {
        foreach (ref readonly LedgerContact contact in Contacts.AsSpan())
        {
            if (contact.Number == number)
            {
                return contact;
            }
        }

        return null;
    }

    /// <summary>The contacts from an instant until, but not including, another.</summary>
    public ReadOnlySpan<LedgerContact> Between(Instant from, Instant until) =>
        LedgerContact.Between(Contacts.AsSpan(), from, until);

    /// <exception cref="InvalidOperationException">The ledger is full.</exception>
    public Ledger Add(LedgerContact contact)
    {
        if (IsFull)
        {
            throw new InvalidOperationException($"A ledger holds at most {ContactsMax} contacts.");
        }

        int place = Contacts.Length;
        while (place > 0 && IsAfter(Contacts[place - 1], contact))
        {
            place--;
        }

        return new Ledger(Contacts.Insert(place, contact), Events);
    }

    /// <summary>Puts <paramref name="contact"/> in the place of the one with its number.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Ledger Replace(LedgerContact contact)
    {
        LedgerContact old = Find(contact.Number) ?? throw new InvalidOperationException("No contact has this number.");
        return new Ledger(Contacts.Remove(old), Events).Add(contact);
    }

    /// <summary>Adds an event; if there are <see cref="EventsMax"/> already, the oldest is forgotten.</summary>
    public Ledger Add(LedgerEvent happened)
    {
        int place = Events.Length;
        while (place > 0 && Events[place - 1].At > happened.At)
        {
            place--;
        }

        ImmutableArray<LedgerEvent> events = Events.Insert(place, happened);
        return new Ledger(Contacts, events.Length > EventsMax ? events.RemoveAt(0) : events);
    }

    /// <summary>
    /// Leaves out what is before <paramref name="horizon"/>, but for reservations that are still open and contacts
    /// whose outcome came later.
    /// </summary>
    public Ledger Since(Instant horizon) =>
        (Contacts.Length == 0 || Contacts[0].At >= horizon) && (Events.Length == 0 || Events[0].At >= horizon)
            ? this
            : new Ledger(
                Contacts.RemoveAll(c => c.At < horizon && c.Expires < horizon && c.OutcomeAt < horizon),
                Events.RemoveAll(e => e.At < horizon));

    /// <summary>Leaves out the oldest contact.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Ledger WithoutOldest() => Contacts.Length == 0
        ? throw new InvalidOperationException("The ledger is empty.")
        : new Ledger(Contacts.RemoveAt(0), Events);

    /// <summary>Leaves out the oldest event.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Ledger WithoutOldestEvent() => Events.Length == 0
        ? throw new InvalidOperationException("The ledger has no events.")
        : new Ledger(Contacts, Events.RemoveAt(0));

    private static bool IsAfter(in LedgerContact one, in LedgerContact other) =>
        one.At > other.At || (one.At == other.At && one.Number > other.Number);
}
