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
    private ReadOnlyMemory<byte>? bytes;

    /// <summary>As it was read, of a <c>Stored.Answer</c>.</summary>
    public PackedAnswer(ReadOnlyMemory<byte> bytes) => this.bytes = bytes;

    public PackedAnswer(KeptAnswer answer) => this.answer = answer;

    public ReadOnlyMemory<byte> Bytes => bytes ??= Pack(answer!);

    /// <exception cref="StoreException">The bytes are damaged.</exception>
    public KeptAnswer Open() => answer ??= Unpack(bytes!.Value.Span);

    /// <summary>False: it is no answer to that request. True: it may be.</summary>
    public bool MayAnswer(string request)
    {
        if (bytes is not { } packed)
        {
            return true;
        }

        Span<byte> wanted = stackalloc byte[PersonKey.Length];
        return !Encoding.UTF8.TryGetBytes(request, wanted, out int length)
            || packed.Span.IndexOf(wanted[..length]) >= 0;
    }

    private static byte[] Pack(KeptAnswer answer) => new Stored.Answer
    {
        Request = answer.Request,
        Content = answer.Content,
        At = answer.At.ToUnixTimeTicks(),
        Counted = answer.HasCounted,
        Body = UnsafeByteOperations.UnsafeWrap(answer.Body),
        Via = answer.Via?.Text ?? "",
        NumberedBy = answer.NumberedBy?.Text ?? "",
    }.ToByteArray();

    private static KeptAnswer Unpack(ReadOnlySpan<byte> bytes)
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
