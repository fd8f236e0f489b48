using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>How far a webhook is, and which server sends: JSON. Times are ticks of 100 ns since 1970.</summary>
/// <remarks>
/// It is saved by compare-and-set alone, so a server that lost its turn without knowing finds out with its next save.
/// </remarks>
internal sealed record WebhookProgress
{
    public const string Kind = "webhook-progress";
    public const int Format = 1;

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    /// <summary>The server whose turn it is; empty: nobody's.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Counts the signs of life of that server.</summary>
    public long Beats { get; init; }

    /// <summary>Everything in the journal up to it was sent, not wanted, or put to the dead letters.</summary>
    public long Position { get; init; }

    /// <summary>How often the event after it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>How many tries failed since the last that did not, whichever events they were of.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of those failed; null: there are none.</summary>
    public long? FailingSince { get; init; }

    /// <summary>Nothing is sent before; null: nothing is waited for.</summary>
    public long? NextTryAt { get; init; }

    /// <summary>Why the last try failed; null: it did not.</summary>
    public string? Why { get; init; }

    /// <summary>When the last event was taken; null: none was yet.</summary>
    public long? LastSentAt { get; init; }

    public static RecordKey KeyOf(string webhookId) => new(Kind, webhookId);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static WebhookProgress Read(Record record) => JsonFormat.Read<WebhookProgress>(
        record.Value.Span, Format, static read => read.StoredFormat, "record of how far a webhook is");
}
