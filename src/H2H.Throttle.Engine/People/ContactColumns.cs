using System.Collections.Immutable;
using System.Runtime.InteropServices;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Contacts, column by column.</summary>
internal static class ContactColumns
{
    public static void Write(ColumnWriter columns, ReadOnlySpan<LedgerContact> contacts, TraitsWriter traits)
    {
        columns.WriteDeltas(1, contacts, static (in c) => c.At);
        columns.Write(2, contacts, 0, static (in c, _) => Varint.Fold(c.Number.Value - c.At.ToUnixTimeTicks()));
        columns.Write(3, contacts, traits, static (in c, known) => known[c.Traits]);
        columns.Write(4, contacts, 0, static (in c, _) => (uint)c.Weight - 1);
        columns.Write(5, contacts, 0, static (in c, _) => (uint)c.State);
        columns.Write(6, contacts, 0, static (in c, _) => Fold(c.Expires, c.At));
        columns.Write(7, contacts, traits.Symbols, static (in c, texts) => texts[c.Outcome]);
        columns.Write(8, contacts, 0, static (in c, _) => Fold(c.OutcomeAt, c.At));
        columns.Write(
            9, contacts, traits, static (in c, known) => c.Discussed is { } about ? known[about] + 1 : 0);
    }

    private static ulong Fold(Instant instant, Instant at) =>
        instant == at ? 0 : Varint.Fold(instant.ToUnixTimeTicks() - at.ToUnixTimeTicks());

    /// <param name="stored">A <c>Contacts</c>.</param>
    /// <param name="traits">Of the same record.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<LedgerContact> Read(ReadOnlySpan<byte> stored, TraitsReader traits, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn deltas = columns[1];
        int rows = RowsOf(deltas);
        NumberColumn numbers = columns[2, rows];
        NumberColumn places = columns[3, rows];
        NumberColumn weights = columns[4, rows];
        NumberColumn states = columns[5, rows];
        NumberColumn expiries = columns[6, rows];
        NumberColumn outcomes = columns[7, rows];
        NumberColumn outcomesAt = columns[8, rows];
        NumberColumn discussed = columns[9, rows];
        LedgerContact[] contacts = new LedgerContact[rows];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += deltas.NextSigned();
            Instant at = Instant.FromUnixTimeTicks(ticks);
            contacts[i] = new LedgerContact(
                new ContactNumber(ticks + numbers.NextSigned()),
                at,
                traits[places.Next()],
                ReadWeight(weights.Next()),
                ReadState(states.Next()),
                Later(at, ticks, expiries.NextSigned()),
                texts[outcomes.Next()],
                Later(at, ticks, outcomesAt.NextSigned()))
            {
                Discussed = discussed.Next() is > 0 and var place ? traits[place - 1] : null,
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(contacts);
    }

    private static int RowsOf(NumberColumn deltas) => deltas.Count is <= Ledger.ContactsMax and var rows
        ? rows
        : throw new FormatException($"A record has {deltas.Count} contacts; at most {Ledger.ContactsMax} are read.");

    private static Instant Later(Instant at, long ticks, long by) =>
        by == 0 ? at : Instant.FromUnixTimeTicks(ticks + by);

    private static int ReadWeight(uint stored) => stored < Attempt.WeightMax
        ? (int)stored + 1
        : throw new FormatException("A contact weighs too much.");

    private static ContactState ReadState(uint stored) => stored <= (uint)ContactState.Revoked
        ? (ContactState)stored
        : throw new FormatException("A contact is in a state that does not exist.");
}
