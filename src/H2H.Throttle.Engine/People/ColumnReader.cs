using System.Runtime.CompilerServices;

namespace H2H.Throttle.Engine.People;

/// <summary>A stored message whose fields are columns of numbers, each packed: it is read where it lies.</summary>
/// <remarks>
/// No list is made of a column, as protobuf's own reader does. A lone number is a column of one. Fields above
/// <see cref="FieldMax"/>, and those that nobody asks for, are passed over.
/// </remarks>
internal readonly ref struct ColumnReader
{
    /// <summary>The highest field.</summary>
    public const int FieldMax = 17;

    private readonly ReadOnlySpan<byte> message;
    private readonly Places places;

    /// <exception cref="FormatException">It is no such message.</exception>
    public ColumnReader(ReadOnlySpan<byte> message)
    {
        this.message = message;
        FieldReader fields = new(message);
        while (fields.Read())
        {
            if (fields is { Type: WireType.Counted or WireType.Number, Field: <= FieldMax })
            {
                places[(int)fields.Field] = fields.Place;
            }
        }
    }

    /// <summary>The column that is this field.</summary>
    public NumberColumn this[int field] => new(message[places[field]]);

    /// <summary>The column that is this field, of so many numbers; or of none, because all are 0.</summary>
    /// <exception cref="FormatException">It has another length.</exception>
    public NumberColumn this[int field, int rows] => this[field].Of(rows);

    [InlineArray(FieldMax + 1)]
    private struct Places
    {
        private Range first;
    }
}
