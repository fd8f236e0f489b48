namespace H2H.Throttle.Engine.People;

/// <summary>The fields of a stored message, one after the other, where they lie.</summary>
/// <remarks>It reads what protobuf's own reader does (protobuf.dev, "Encoding"), and makes nothing of it.</remarks>
internal ref struct FieldReader(ReadOnlySpan<byte> message)
{
    private const int TypeBits = 3;
    private const int TypeMask = (1 << TypeBits) - 1;
    private const int Number = 0;
    private const int EightBytes = 1;
    private const int Counted = 2;
    private const int FourBytes = 5;

    private readonly ReadOnlySpan<byte> message = message;
    private int next;

    /// <summary>Which field it is.</summary>
    public ulong Field { get; private set; }

    /// <summary>Whether it tells its length, as messages, texts and packed columns do.</summary>
    public bool IsCounted { get; private set; }

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
        int start = next;
        switch ((int)key & TypeMask)
        {
            case Counted:
                ulong length = Varint.Read(message, ref next);
                start = next;
                Skip(length);
                break;
            case Number:
                Varint.Read(message, ref next);
                break;
            case EightBytes:
                Skip(sizeof(ulong));
                break;
            case FourBytes:
                Skip(sizeof(uint));
                break;
            default:
                throw new FormatException("A field in a record is of no known type.");
        }

        (Field, IsCounted, Place) = (key >> TypeBits, ((int)key & TypeMask) == Counted, start..next);
        return true;
    }

    private void Skip(ulong length) => next = length <= (ulong)(message.Length - next)
        ? next + (int)length
        : throw new FormatException("A field in a record is broken off.");
}
