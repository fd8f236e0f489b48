using Google.Protobuf.Collections;

namespace H2H.Throttle.Engine.People;

/// <summary>Columns of numbers that are left out if every number is the default.</summary>
internal static class Columns
{
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
}
