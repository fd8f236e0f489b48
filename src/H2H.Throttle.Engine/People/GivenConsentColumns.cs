using System.Collections.Immutable;
using System.Runtime.InteropServices;
using H2H.Throttle.Core.Consent;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Consents, column by column.</summary>
internal static class GivenConsentColumns
{
    public static void Write(ColumnWriter columns, ReadOnlySpan<GivenConsent> consents, Symbols symbols)
    {
        // Names and endings are texts in turn: so they always were.
        int endings = columns.Begin();
        foreach (GivenConsent given in consents)
        {
            _ = symbols[given.Name];
            foreach (string name in given.EndsOn)
            {
                columns.Add(symbols[name]);
            }
        }

        columns.End(8, endings);
        columns.Write(1, consents, symbols, static (in given, texts) => texts[given.Name]);
        ScopeColumns.Write(columns, (2, 3, 4, 16), consents, symbols, static given => given.Scope);
        columns.WriteDeltas(5, consents, static (in given) => given.From);
        columns.Write(6, consents, 0, static (in given, _) =>
            given.Until is { } until ? Varint.Fold((until - given.From).BclCompatibleTicks) : 0);
        columns.Write(7, consents, 0, static (in given, _) => (uint)given.EndsOn.Length);
        columns.Write(9, consents, symbols, static (in given, texts) => texts[given.Proof]);
        columns.Write(10, consents, symbols, static (in given, texts) => texts[given.Source]);
        columns.Write(11, consents, symbols, static (in given, texts) => texts[given.EndedBy]);
        columns.Write(12, consents, 0, static (in given, _) => (uint)given.Except.Length);
        WriteExcept(columns, consents, symbols);
    }

    /// <param name="stored">A <c>Consents</c>; empty: there are none.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<GivenConsent> Read(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn names = columns[1];
        int rows = names.Count;
        ScopeColumns scopes = new(columns[2, rows], columns[3, rows], columns[4, rows], columns[16, rows]);
        NumberColumn deltas = columns[5, rows];
        NumberColumn lengths = columns[6, rows];
        NumberColumn endingCounts = columns[7, rows];
        NumberColumn endings = columns[8];
        NumberColumn proofs = columns[9, rows];
        NumberColumn sources = columns[10, rows];
        NumberColumn endedBy = columns[11, rows];
        NumberColumn exceptCounts = columns[12, rows];
        int excepted = CountIn(exceptCounts, rows);
        ScopeColumns except = new(
            columns[13, excepted], columns[14, excepted], columns[15, excepted], columns[17, excepted]);
        GivenConsent[] consents = new GivenConsent[rows];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += deltas.NextSigned();
            Instant from = Instant.FromUnixTimeTicks(ticks);
            consents[i] = new GivenConsent(
                texts.Required(names.Next()),
                scopes.Next(texts),
                from,
                lengths.NextSigned() is not 0 and var lasts ? from + Duration.FromTicks(lasts) : null,
                texts.Next(ref endings, endingCounts.Next()),
                texts[proofs.Next()])
            {
                Source = texts[sources.Next()],
                EndedBy = texts[endedBy.Next()],
                Except = ReadExcept(ref except, exceptCounts.Next(), texts),
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(consents);
    }

    private static void WriteExcept(ColumnWriter columns, ReadOnlySpan<GivenConsent> consents, Symbols symbols)
    {
        List<Scope>? except = null;
        foreach (GivenConsent given in consents)
        {
            if (!given.Except.IsEmpty)
            {
                (except ??= []).AddRange(given.Except);
            }
        }

        ScopeColumns.Write(
            columns, (13, 14, 15, 17), CollectionsMarshal.AsSpan(except), symbols, static scope => scope);
    }

    private static int CountIn(NumberColumn counts, int rows)
    {
        int sum = 0;
        for (int i = 0; i < rows; i++)
        {
            sum += counts.Next() is <= GivenConsent.ExceptMax and var count
                ? (int)count
                : throw new FormatException("A consent has lost too many parts.");
        }

        return sum;
    }

    private static ImmutableArray<Scope> ReadExcept(ref ScopeColumns columns, uint count, Texts texts)
    {
        if (count == 0)
        {
            return [];
        }

        Scope[] except = new Scope[count];
        for (int i = 0; i < except.Length; i++)
        {
            except[i] = columns.Next(texts);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(except);
    }
}
