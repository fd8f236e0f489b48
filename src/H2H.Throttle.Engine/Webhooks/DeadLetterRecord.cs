using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>The dead letters of a webhook: JSON. Times are ticks of 100 ns since 1970.</summary>
/// <remarks>What is in them is in the journal, where it stays when the oldest make room for new ones.</remarks>
internal sealed record DeadLetterRecord
{
    public const string Kind = "webhook-dead";
    public const int Format = 1;
    public const int LettersMax = 1000;

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    /// <summary>The oldest first.</summary>
    public ImmutableArray<Letter> Letters { get; init; } = [];

    /// <summary>How many made room for others.</summary>
    public long Dropped { get; init; }

    public static DeadLetterRecord Empty { get; } = new();

    public static RecordKey KeyOf(string webhookId) => new(Kind, webhookId);

    /// <summary>The same with one more; as it is, if that is there already.</summary>
    public DeadLetterRecord With(Letter letter)
    {
        if (Letters.Any(there => there.Position == letter.Position))
        {
            return this;
        }

        ImmutableArray<Letter> all = Letters.Add(letter);
        int over = Math.Max(all.Length - LettersMax, 0);
        return this with { Letters = all[over..], Dropped = Dropped + over };
    }

    public DeadLetterRecord Without(long position) =>
        Letters.FirstOrDefault(there => there.Position == position) is { } letter
            ? this with { Letters = Letters.Remove(letter) }
            : this;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static DeadLetterRecord Read(Record record)
    {
        if (!record.Exists)
        {
            return Empty;
        }

        return JsonFormat.Read<DeadLetterRecord>(
            record.Value.Span, Format, static read => read.StoredFormat, "record of dead letters");
    }

    internal sealed record Letter(long Position, string Kind, long HappenedAt, long DiedAt, int Tries, string Why)
    {
        public DeadLetter ToDeadLetter() => new(
            Position,
            Kind,
            Instant.FromUnixTimeTicks(HappenedAt),
            Instant.FromUnixTimeTicks(DiedAt),
            Tries,
            Why);
    }
}
