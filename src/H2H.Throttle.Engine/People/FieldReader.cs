namespace H2H.Throttle.Engine.People;

/// <summary>The fields of a stored message, one after the other, where they lie.</summary>
/// <remarks>It reads what protobuf's own reader does (protobuf.dev, "Encoding"), and makes nothing of it.</remarks>
internal ref struct FieldReader(ReadOnlySpan<byte> message)
{
    /// <summary>How many bits of a field's key are its type.</summary>
    public const int TypeBits = 3;

    private const int TypeMask = (1 << TypeBits) - 1;

    private readonly ReadOnlySpan<byte> message = message;
    private int next;

    /// <summary>Which field it is.</summary>
    public ulong Field { get; private set; }

    /// <summary>How it is stored.</summary>
    public WireType Type { get; private set; }

    /// <summary>Where its content is.</summary>
    public Range Place { get; private set; }

    /// <summary>Goes on to the next field; false: there is none.</summary>
    /// <exception cref="FormatException">It is no such message.</exception>
    public bool Read()
    {
        if (next == message.Length)
        {
            return false;
        }

        ulong key = Varint.Read(message, ref next);
        (Field, Type) = (key >> TypeBits, (WireType)(key & TypeMask));
        if (Field == 0)
        {
            throw new FormatException("A field in a record has no number.");
        }

        int start = next;
        switch (Type)
        {
            case WireType.Counted:
                ulong length = Varint.Read(message, ref next);
                start = next;
                Skip(length);
                break;
            case WireType.Number:
                Varint.Read(message, ref next);
                break;
            case WireType.EightBytes:
                Skip(sizeof(ulong));
                break;
            case WireType.FourBytes:
                Skip(sizeof(uint));
                break;
            default:
                throw new FormatException("A field in a record is of no known type.");
        }

        Place = start..next;
        return true;
    }

    private void Skip(ulong length) => next = length <= (ulong)(message.Length - next)
        ? next + (int)length
        : throw new FormatException("A field in a record is broken off.");
}
