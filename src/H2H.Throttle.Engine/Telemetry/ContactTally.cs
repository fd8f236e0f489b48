using System.Diagnostics.Metrics;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>What one change made of a person's contacts, by comparing their ledger before and after.</summary>
/// <remarks>
/// A reservation expires without anybody noticing; it is counted with the first change of the person after that.
/// </remarks>
internal readonly record struct ContactTally
{
    private int Reserved { get; init; }

    private int Recorded { get; init; }

    private int Confirmed { get; init; }

    private int ConfirmedLate { get; init; }

    private int ConfirmedRevoked { get; init; }

    private int Released { get; init; }

    private int Revoked { get; init; }

    private int Expired { get; init; }

    public static ContactTally Of(PersonRecord before, PersonRecord after) => Of(
        before.Person.Ledger, before.LastNumber, before.LastSeen, after.Person.Ledger, after.LastSeen);

    /// <param name="before">The ledger as it was.</param>
    /// <param name="last">The number of the latest contact then.</param>
    /// <param name="lastSeen">When the person was dealt with before.</param>
    /// <param name="after">The ledger as it will be.</param>
    /// <param name="now">The time of the change.</param>
    public static ContactTally Of(Ledger before, ContactNumber last, Instant lastSeen, Ledger after, Instant now)
    {
        ContactTally tally = default;
        foreach (ref readonly LedgerContact old in before.Contacts.AsSpan())
        {
            if (old.State is ContactState.Reserved && lastSeen < old.Expires && old.Expires <= now)
            {
                tally = tally with { Expired = tally.Expired + 1 };
            }
        }

        if (ReferenceEquals(before, after))
        {
            return tally;
        }

        // Contacts keep their order, some are forgotten, and one may have moved: so the next is mostly found at once.
        ReadOnlySpan<LedgerContact> there = before.Contacts.AsSpan();
        int next = 0;
        foreach (ref readonly LedgerContact contact in after.Contacts.AsSpan())
        {
            if (contact.Number > last)
            {
                tally = tally.Add(contact.State);
                continue;
            }

            int place = PlaceOf(contact.Number, there, next);
            if (place >= 0)
            {
                tally = tally.Settle(there[place], contact.State, now);
                next = place + 1;
            }
        }

        return tally;
    }

    public void AddTo(Counter<long> contacts)
    {
        Add(contacts, Reserved, "reserved");
        Add(contacts, Recorded, "recorded");
        Add(contacts, Confirmed, "confirmed");
        Add(contacts, ConfirmedLate, "confirmed_late");
        Add(contacts, ConfirmedRevoked, "confirmed_revoked");
        Add(contacts, Released, "released");
        Add(contacts, Revoked, "revoked");
        Add(contacts, Expired, "expired");
    }

    /// <summary>Looks from <paramref name="next"/> on, then before it; -1: nowhere.</summary>
    private static int PlaceOf(ContactNumber number, ReadOnlySpan<LedgerContact> contacts, int next)
    {
        for (int i = 0; i < contacts.Length; i++)
        {
            int place = (next + i) % contacts.Length;
            if (contacts[place].Number == number)
            {
                return place;
            }
        }

        return -1;
    }

    private ContactTally Add(ContactState state) => state switch
    {
        ContactState.Reserved => this with { Reserved = Reserved + 1 },
        ContactState.Made => this with { Recorded = Recorded + 1 },
        _ => this,
    };

    private ContactTally Settle(in LedgerContact old, ContactState state, Instant now) => (old.State, state) switch
    {
        (ContactState.Reserved, ContactState.Made) when now >= old.Expires =>
            this with { ConfirmedLate = ConfirmedLate + 1 },
        (ContactState.Reserved, ContactState.Made) => this with { Confirmed = Confirmed + 1 },
        (ContactState.Revoked, ContactState.Made) => this with { ConfirmedRevoked = ConfirmedRevoked + 1 },
        (ContactState.Reserved or ContactState.Revoked, ContactState.Released) =>
            this with { Released = Released + 1 },
        (ContactState.Reserved, ContactState.Revoked) => this with { Revoked = Revoked + 1 },
        _ => this,
    };

    private static void Add(Counter<long> contacts, int count, string happened)
    {
        if (count > 0)
        {
            contacts.Add(count, new KeyValuePair<string, object?>("event", happened));
        }
    }
}
