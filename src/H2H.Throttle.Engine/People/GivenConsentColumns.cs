using System.Collections.Immutable;
using Google.Protobuf.Collections;
using H2H.Throttle.Core.Consent;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Consents, column by column.</summary>
internal static class GivenConsentColumns
{
    /// <summary>Null if there are none.</summary>
    public static Stored.Consents? Write(ImmutableArray<GivenConsent> consents, Symbols symbols)
    {
        if (consents.IsEmpty)
        {
            return null;
        }

        Stored.Consents stored = new();
        long before = 0;
        foreach (GivenConsent given in consents)
        {
            long from = given.From.ToUnixTimeTicks();
            stored.Names.Add(symbols[given.Name]);
            stored.FromDeltas.Add(from - before);
            stored.EndsOn.AddRange(given.EndsOn.Select(name => symbols[name]));
            before = from;
        }

        Columns.Write(stored.Channels, consents.Select(given => symbols[given.Scope.Channel]));
        Columns.Write(stored.Purposes, consents.Select(given => symbols[given.Scope.Purpose]));
        Columns.Write(stored.Topics, consents.Select(given => symbols[given.Scope.Topic]));
        Columns.Write(stored.Brands, consents.Select(given => symbols[given.Scope.Brand]));
        Columns.Write(stored.Until, consents.Select(
            static given => given.Until is { } until ? (until - given.From).BclCompatibleTicks : 0));
        Columns.Write(stored.EndsOnCounts, consents.Select(static given => (uint)given.EndsOn.Length));
        Columns.Write(stored.Proofs, consents.Select(given => symbols[given.Proof]));
        Columns.Write(stored.Sources, consents.Select(given => symbols[given.Source]));
        Columns.Write(stored.EndedBy, consents.Select(given => symbols[given.EndedBy]));
        WriteExcept(consents, stored, symbols);
        return stored;
    }

    public static ImmutableArray<GivenConsent> Read(Stored.Consents? stored, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.Names.Count;
        ImmutableArray<GivenConsent>.Builder consents = ImmutableArray.CreateBuilder<GivenConsent>(rows);
        long ticks = 0;
        int ending = 0;
        int excepted = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += Columns.At(stored.FromDeltas, i, rows);
            Instant from = Instant.FromUnixTimeTicks(ticks);
            long lasts = Columns.At(stored.Until, i, rows);
            int endings = CountAt(stored.EndsOnCounts, i, rows, stored.EndsOn.Count - ending);
            int exceptions = CountAt(stored.ExceptCounts, i, rows, GivenConsent.ExceptMax);

            consents.Add(new GivenConsent(
                texts.Required(stored.Names[i]),
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, stored.Brands, i, rows, texts),
                from,
                lasts == 0 ? null : from + Duration.FromTicks(lasts),
                [.. stored.EndsOn.Skip(ending).Take(endings).Select(texts.Required)],
                texts[Columns.At(stored.Proofs, i, rows)])
            {
                Source = texts[Columns.At(stored.Sources, i, rows)],
                EndedBy = texts[Columns.At(stored.EndedBy, i, rows)],
                Except = ReadExcept(stored, excepted, exceptions, texts),
            });
            ending += endings;
            excepted += exceptions;
        }

        return consents.ToImmutable();
    }

    private static void WriteExcept(
        ImmutableArray<GivenConsent> consents, Stored.Consents stored, Symbols symbols)
    {
        ImmutableArray<Scope> except = [.. consents.SelectMany(static given => given.Except)];
        Columns.Write(stored.ExceptCounts, consents.Select(static given => (uint)given.Except.Length));
        Columns.Write(stored.ExceptChannels, except.Select(scope => symbols[scope.Channel]));
        Columns.Write(stored.ExceptPurposes, except.Select(scope => symbols[scope.Purpose]));
        Columns.Write(stored.ExceptTopics, except.Select(scope => symbols[scope.Topic]));
        Columns.Write(stored.ExceptBrands, except.Select(scope => symbols[scope.Brand]));
    }

    private static ImmutableArray<Scope> ReadExcept(Stored.Consents stored, int first, int count, Texts texts)
    {
        if (count == 0)
        {
            return [];
        }

        int rows = (int)Math.Min(stored.ExceptCounts.Sum(static one => (long)one), int.MaxValue);
        return
        [
            .. Enumerable.Range(first, count).Select(i => Columns.ScopeAt(
                stored.ExceptChannels,
                stored.ExceptPurposes,
                stored.ExceptTopics,
                stored.ExceptBrands,
                i,
                rows,
                texts)),
        ];
    }

    private static int CountAt(RepeatedField<uint> counts, int row, int rows, int most)
    {
        uint count = Columns.At(counts, row, rows);
        return count <= most
            ? (int)count
            : throw new FormatException("A list in a record is shorter than its count.");
    }
}
