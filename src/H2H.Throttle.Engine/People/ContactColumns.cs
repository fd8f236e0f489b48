using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Contacts, column by column.</summary>
internal static class ContactColumns
{
    /// <summary>Null if there are none.</summary>
    public static Stored.Contacts? Write(ImmutableArray<LedgerContact> contacts, TraitsWriter traits, Symbols symbols)
    {
        if (contacts.IsEmpty)
        {
            return null;
        }

        Stored.Contacts stored = new();
        long before = 0;
        foreach (LedgerContact contact in contacts)
        {
            long at = contact.At.ToUnixTimeTicks();
            stored.AtDeltas.Add(at - before);
            before = at;
        }

        ReadOnlySpan<LedgerContact> rows = contacts.AsSpan();
        Columns.Write(stored.Numbers, rows, static c => c.Number.Value - c.At.ToUnixTimeTicks());
        Columns.Write(stored.Traits, rows, traits, static (c, known) => known[c.Traits]);
        Columns.Write(stored.Weights, rows, static c => (uint)c.Weight - 1);
        Columns.Write(stored.States, rows, static c => (uint)c.State);
        Columns.Write(stored.Expires,
            rows, static c => c.Expires.ToUnixTimeTicks() - c.At.ToUnixTimeTicks());
        Columns.Write(stored.Outcomes, rows, symbols, static (c, texts) => texts[c.Outcome]);
        Columns.Write(stored.OutcomesAt,
            rows, static c => c.OutcomeAt.ToUnixTimeTicks() - c.At.ToUnixTimeTicks());
        Columns.Write(
            stored.Discussed, rows, traits, static (c, known) => c.Discussed is { } about ? known[about] + 1 : 0);
        return stored;
    }

    public static ImmutableArray<LedgerContact> Read(Stored.Contacts? stored, TraitsReader traits, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.AtDeltas.Count;
        if (rows > Ledger.ContactsMax)
        {
            throw new FormatException($"A record has {rows} contacts; at most {Ledger.ContactsMax} are read.");
        }

        ImmutableArray<LedgerContact>.Builder contacts = ImmutableArray.CreateBuilder<LedgerContact>(rows);
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += stored.AtDeltas[i];
            contacts.Add(new LedgerContact(
                new ContactNumber(ticks + Columns.At(stored.Numbers, i, rows)),
                Instant.FromUnixTimeTicks(ticks),
                traits[Columns.At(stored.Traits, i, rows)],
                ReadWeight(Columns.At(stored.Weights, i, rows)),
                ReadState(Columns.At(stored.States, i, rows)),
                Instant.FromUnixTimeTicks(ticks + Columns.At(stored.Expires, i, rows)),
                texts[Columns.At(stored.Outcomes, i, rows)],
                Instant.FromUnixTimeTicks(ticks + Columns.At(stored.OutcomesAt, i, rows)))
            {
                Discussed = Columns.At(stored.Discussed, i, rows) is > 0 and var place ? traits[place - 1] : null,
            });
        }

        return contacts.MoveToImmutable();
    }

    private static int ReadWeight(uint stored) => stored < Attempt.WeightMax
        ? (int)stored + 1
        : throw new FormatException("A contact weighs too much.");

    private static ContactState ReadState(uint stored) => stored <= (uint)ContactState.Revoked
        ? (ContactState)stored
        : throw new FormatException("A contact is in a state that does not exist.");
}
