using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace H2H.Throttle.Engine.People;

/// <summary>The texts of a record that is being read, by their place from 1; 0 is none.</summary>
internal sealed class Texts(List<string> texts)
{
    /// <exception cref="FormatException">There is no such place.</exception>
    public string? this[uint place] => place switch
    {
        0 => null,
        _ when place <= texts.Count => texts[(int)place - 1],
        _ => throw new FormatException("A record names a text that it does not have."),
    };

    /// <exception cref="FormatException">There is no such place, or no text.</exception>
    public string Required(uint place) => this[place] ?? throw new FormatException("A record lacks a text.");

    /// <summary>The texts that the next so many numbers of a column name.</summary>
    /// <exception cref="FormatException">There are fewer, or one names no text.</exception>
    public ImmutableArray<string> Next(ref NumberColumn column, uint count)
    {
        if (count == 0)
        {
            return [];
        }

        string[] named = count <= column.BytesLeft
            ? new string[count]
            : throw new FormatException("A list in a record is shorter than its count.");
        for (int i = 0; i < named.Length; i++)
        {
            named[i] = Required(column.Next());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(named);
    }
}
