using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>The policy that is asked beside the one in force, as the record store keeps it: JSON, one record.</summary>
internal sealed record ShadowPolicyRecord
{
    public const int Format = 1;

    public static readonly RecordKey Key = new("shadow", "policy");

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    public required long Number { get; init; }

    /// <summary>Null: it was ended.</summary>
    public string? Document { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>Ticks of 100 ns since 1970.</summary>
    public required long SetAt { get; init; }

    /// <summary>Who set or ended it; null: not told.</summary>
    public Signatory? Author { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static ShadowPolicyRecord Read(ReadOnlySpan<byte> bytes) => JsonFormat.Read<ShadowPolicyRecord>(
        bytes, Format, static read => read.StoredFormat, "shadow policy");
}
