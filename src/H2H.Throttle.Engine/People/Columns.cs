using System.Collections.Immutable;
using Google.Protobuf.Collections;
using H2H.Throttle.Core.Consent;

namespace H2H.Throttle.Engine.People;

/// <summary>Columns of numbers that are left out if every number is the default.</summary>
internal static class Columns
{
    public static void Write(RepeatedField<uint> column, IEnumerable<uint> numbers)
    {
        column.AddRange(numbers);
        if (column.All(static number => number == 0))
        {
            column.Clear();
        }
    }

    public static void Write(RepeatedField<long> column, IEnumerable<long> numbers)
    {
        column.AddRange(numbers);
        if (column.All(static number => number == 0))
        {
            column.Clear();
        }
    }

    /// <summary>What is made of each that is stored.</summary>
    public static ImmutableArray<TRow> Read<TStored, TRow>(RepeatedField<TStored> stored, Func<TStored, TRow> read)
    {
        if (stored.Count == 0)
        {
            return [];
        }

        ImmutableArray<TRow>.Builder rows = ImmutableArray.CreateBuilder<TRow>(stored.Count);
        foreach (TStored one in stored)
        {
            rows.Add(read(one));
        }

        return rows.MoveToImmutable();
    }

    /// <summary>
    /// The n-th number of a column that has <paramref name="rows"/> numbers, or none because all are 0.
    /// </summary>
    /// <exception cref="FormatException">The column has another length.</exception>
    public static T At<T>(RepeatedField<T> column, int row, int rows)
        where T : struct
    {
        if (column.Count == 0)
        {
            return default;
        }

        return column.Count == rows
            ? column[row]
            : throw new FormatException($"A column has {column.Count} rows instead of {rows}.");
    }

    /// <summary>The n-th scope of four columns of texts.</summary>
    /// <exception cref="FormatException">A column has another length, or names a text that is not there.</exception>
    public static Scope ScopeAt(
        RepeatedField<uint> channels,
        RepeatedField<uint> purposes,
        RepeatedField<uint> topics,
        RepeatedField<uint> brands,
        int row,
        int rows,
        Texts texts) => new(
            texts[At(channels, row, rows)],
            texts[At(purposes, row, rows)],
            texts[At(topics, row, rows)],
            texts[At(brands, row, rows)]);
}
