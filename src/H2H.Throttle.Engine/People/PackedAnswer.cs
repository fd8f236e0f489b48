using System.Text;
using Google.Protobuf;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// An answer in a record: as bytes until somebody asks what it is, and as the same bytes again when the record is
/// written. Most calls ask of none, and a person may have a thousand.
/// </summary>
internal sealed class PackedAnswer
{
    private KeptAnswer? answer;
    private ByteString? bytes;

    /// <summary>As it was read, of a <c>Stored.Answer</c>.</summary>
    public PackedAnswer(ByteString bytes) => this.bytes = bytes;

    public PackedAnswer(KeptAnswer answer) => this.answer = answer;

    public ByteString Bytes => bytes ??= Pack(answer!);

    /// <exception cref="StoreException">The bytes are damaged.</exception>
    public KeptAnswer Open() => answer ??= Unpack(bytes!);

    /// <summary>False: it is no answer to that request. True: it may be.</summary>
    public bool MayAnswer(string request)
    {
        if (bytes is null)
        {
            return true;
        }

        Span<byte> wanted = stackalloc byte[PersonKey.Length];
        return !Encoding.UTF8.TryGetBytes(request, wanted, out int length)
            || bytes.Span.IndexOf(wanted[..length]) >= 0;
    }

    private static ByteString Pack(KeptAnswer answer) => new Stored.Answer
    {
        Request = answer.Request,
        Content = answer.Content,
        At = answer.At.ToUnixTimeTicks(),
        Counted = answer.HasCounted,
        Body = UnsafeByteOperations.UnsafeWrap(answer.Body),
        Via = answer.Via?.Text ?? "",
        NumberedBy = answer.NumberedBy?.Text ?? "",
    }.ToByteString();

    private static KeptAnswer Unpack(ByteString bytes)
    {
        try
        {
            Stored.Answer stored = Stored.Answer.Parser.ParseFrom(bytes);
            return new KeptAnswer(
                stored.Request,
                stored.Content,
                Instant.FromUnixTimeTicks(stored.At),
                stored.Counted,
                stored.Body.Memory)
            {
                Via = ReadKey(stored.Via),
                NumberedBy = ReadKey(stored.NumberedBy),
            };
        }
        catch (Exception damage) when (damage is InvalidProtocolBufferException or FormatException or ArgumentException)
        {
            throw new StoreException(StoreFailure.Damaged, "An answer in a person's record is damaged.", damage);
        }
    }

    private static PersonKey? ReadKey(string text) => text.Length == 0 ? null : new PersonKey(text);
}
