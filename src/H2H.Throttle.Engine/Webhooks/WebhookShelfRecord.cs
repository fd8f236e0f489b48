using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>All webhooks as the record store keeps them: JSON, one record, so that one read tells all.</summary>
internal sealed record WebhookShelfRecord
{
    public const int Format = 1;

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    /// <summary>By their names, in order.</summary>
    public ImmutableArray<Entry> Webhooks { get; init; } = [];

    /// <summary>How often it was changed.</summary>
    public long Changes { get; init; }

    /// <summary>The last change, for whoever finds that the journal was not told; null: there was none.</summary>
    public WebhookChange? Last { get; init; }

    public static RecordKey Key { get; } = new("webhooks", "shelf");

    public static WebhookShelfRecord Empty { get; } = new();

    public Entry? Find(string? name) => Webhooks.FirstOrDefault(entry => entry.Name == name);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static WebhookShelfRecord Read(Record record)
    {
        if (!record.Exists)
        {
            return Empty;
        }

        return JsonFormat.Read<WebhookShelfRecord>(
            record.Value.Span, Format, static read => read.StoredFormat, "record of the webhooks");
    }

    /// <summary>One webhook. Times are ticks of 100 ns since 1970.</summary>
    internal sealed record Entry
    {
        /// <summary>Names its other records; one that is made anew under the same name has another.</summary>
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required string Url { get; init; }

        public ImmutableArray<string> Kinds { get; init; } = [];

        public ImmutableArray<string> Brands { get; init; } = [];

        /// <summary>The name of a <see cref="WebhookStanding"/>.</summary>
        public required string Standing { get; init; }

        public required long MadeAt { get; init; }

        /// <summary>As <see cref="SecretSeal"/> keeps it.</summary>
        public required string Secret { get; init; }

        /// <summary>The one before; null: there is none.</summary>
        public string? FormerSecret { get; init; }

        public long? FormerSecretUntil { get; init; }

        [JsonIgnore]
        public WebhookStanding State => Enum.Parse<WebhookStanding>(Standing);

        public Instant? FormerUntil(Instant now) =>
            FormerSecretUntil is { } ticks && Instant.FromUnixTimeTicks(ticks) is var until && until > now
                ? until
                : null;

        public Webhook ToWebhook(Instant now) => new(
            Name, new Uri(Url), Kinds, Brands, State, Instant.FromUnixTimeTicks(MadeAt), FormerUntil(now));
    }

    /// <summary>A change that the journal has to know of.</summary>
    /// <param name="Number">As <see cref="Changes"/>: makes the fact one that is told once.</param>
    /// <param name="Kind">Of the fact.</param>
    /// <param name="At">Ticks of 100 ns since 1970.</param>
    /// <param name="Webhook">As it became, or as it was when it was deleted.</param>
    /// <param name="By">Who.</param>
    internal sealed record WebhookChange(long Number, string Kind, long At, Entry Webhook, Signatory? By);
}
