using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Fields = H2H.Throttle.Engine.People.Stored.PersonRecord;

namespace H2H.Throttle.Engine.People;

/// <summary>The fields of a stored person, found in one pass and read where they lie.</summary>
internal readonly ref struct PersonFields
{
    private const int FieldMax = Fields.ToldFromFieldNumber;

    private readonly ReadOnlySpan<byte> record;
    private readonly Places places;

    /// <exception cref="FormatException">It is no such message.</exception>
    public PersonFields(ReadOnlyMemory<byte> record)
    {
        this.record = record.Span;
        FieldReader fields = new(this.record);
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case var field when fields.Type != TypeOf(field):
                    break;
                case Fields.SymbolsFieldNumber:
                    Symbols.Add(Encoding.UTF8.GetString(this.record[fields.Place]));
                    break;
                case Fields.AnswersFieldNumber:
                    Answers.Add(new PackedAnswer(record[fields.Place]));
                    break;
                case Fields.OutboxFieldNumber:
                    Outbox.Add(fields.Place);
                    break;
                case Fields.AliasesFieldNumber:
                    Aliases.Add(fields.Place);
                    break;
                case <= FieldMax:
                    places[(int)fields.Field] = fields.Place;
                    break;
                default:
                    break;   // of a newer version
            }
        }
    }

    public List<string> Symbols { get; } = new(16);

    public List<PackedAnswer> Answers { get; } = [];

    /// <summary>Where the facts are.</summary>
    public List<Range> Outbox { get; } = [];

    /// <summary>Where the other names are.</summary>
    public List<Range> Aliases { get; } = [];

    /// <summary>Empty if there is no such field, or nothing in it.</summary>
    public ReadOnlySpan<byte> this[int field] => record[places[field]];

    public ReadOnlySpan<byte> this[Range place] => record[place];

    /// <summary>Whether there is such a field, maybe with nothing in it.</summary>
    public bool Has(int field) => places[field].End.Value > 0;

    /// <summary>A column of numbers.</summary>
    public NumberColumn Column(int field) => new(this[field]);

    /// <summary>0 if there is no such field.</summary>
    /// <exception cref="FormatException">It has more than 32 bits.</exception>
    public uint Number(int field) => Column(field).Next();

    /// <summary>A number of eight bytes; 0 if there is no such field.</summary>
    public long Wide(int field) => Has(field) ? BinaryPrimitives.ReadInt64LittleEndian(this[field]) : 0;

    /// <summary>How a field is stored; stored otherwise, it is none of ours.</summary>
    private static WireType TypeOf(ulong field) => field switch
    {
        Fields.FormatFieldNumber or Fields.ZoneFieldNumber or Fields.CountryFieldNumber => WireType.Number,
        Fields.LastSeenFieldNumber or Fields.LastNumberFieldNumber or Fields.ToldFromFieldNumber =>
            WireType.EightBytes,
        _ => WireType.Counted,
    };

    [InlineArray(FieldMax + 1)]
    private struct Places
    {
        private Range first;
    }
}
