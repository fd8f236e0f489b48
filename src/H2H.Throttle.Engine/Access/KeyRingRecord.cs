using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Access;

/// <summary>All keys as the record store keeps them: JSON, one record, so that one read tells all.</summary>
internal sealed record KeyRingRecord
{
    public const int Format = 1;

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    public ImmutableArray<Entry> Keys { get; init; } = [];

    public static RecordKey Key { get; } = new("access", "keys");

    public static KeyRingRecord Empty { get; } = new();

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static KeyRingRecord Read(Record record)
    {
        if (record.Version == RecordVersion.Absent)
        {
            return Empty;
        }

        return JsonFormat.Read<KeyRingRecord>(
            record.Value.Span, Format, static read => read.StoredFormat, "record of the access keys");
    }

    /// <summary>One key. Times are ticks of 100 ns since 1970.</summary>
    internal sealed record Entry
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        /// <summary>The name of a <see cref="Access.Role"/>.</summary>
        public required string Role { get; init; }

        public ImmutableArray<string> Brands { get; init; } = [];

        /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
        public required string SecretHash { get; init; }

        public required long MadeAt { get; init; }

        public long? Expires { get; init; }

        public long? RevokedAt { get; init; }

        /// <summary>Who made it; null: it was made before that was kept.</summary>
        public Signatory? MadeBy { get; init; }

        /// <summary>Who revoked it; null: nobody did, or before that was kept.</summary>
        public Signatory? RevokedBy { get; init; }

        public AccessKey ToKey() => new(
            Id,
            Name,
            Enum.Parse<Role>(Role),
            Brands,
            Instant.FromUnixTimeTicks(MadeAt),
            Expires is { } end ? Instant.FromUnixTimeTicks(end) : null,
            RevokedAt is { } revoked ? Instant.FromUnixTimeTicks(revoked) : null);
    }
}
