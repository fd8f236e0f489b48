using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Policies;

/// <summary>A published policy as the record store keeps it: JSON, one record a version.</summary>
/// <remarks>
/// The id is the number in twelve digits, so that ids are in the order of numbers. Making the record is what publishes
/// the version: a number is given to whoever makes its record first.
/// </remarks>
internal sealed record PolicyVersionRecord
{
    public const string Kind = "policy";
    public const int Format = 1;

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    public required long Number { get; init; }

    public required string Name { get; init; }

    public required ImmutableArray<string> Rules { get; init; }

    public required string Document { get; init; }

    public required string Comment { get; init; }

    /// <summary>Ticks of 100 ns since 1970.</summary>
    public required long PublishedAt { get; init; }

    /// <summary>Hash of the request id that published it; null: it had none.</summary>
    public string? Request { get; init; }

    /// <summary>Hash of what was asked then.</summary>
    public string? Content { get; init; }

    /// <summary>Who published it; null: not told, or it is older than this.</summary>
    public Signatory? Author { get; init; }

    /// <summary>The version whose document was put in force again; null: it was new.</summary>
    public long? Restores { get; init; }

    /// <exception cref="RequestException">The document has mistakes: all that it has.</exception>
    /// <param name="document">YAML.</param>
    /// <param name="number">Of the version.</param>
    /// <param name="comment">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="mark">Of the call; null: it had none.</param>
    /// <param name="author">Who; null: not told.</param>
    public static PolicyVersionRecord Of(
        string document, long number, string comment, Instant now, RequestMark? mark, Actor? author)
    {
        PolicyReading reading = PolicyParser.Read(document);
        if (reading is not PolicyReading.Valid valid)
        {
            throw ((PolicyReading.Invalid)reading).ToRefusal();
        }

        return new PolicyVersionRecord
        {
            Number = number,
            Name = valid.Policy.Name,
            Rules = [.. valid.Policy.Rules.Select(static rule => rule.Name)],
            Document = document,
            Comment = comment,
            PublishedAt = now.ToUnixTimeTicks(),
            Request = mark?.Request,
            Content = mark?.Content,
            Author = Signatory.Of(author),
        };
    }

    public static RecordKey KeyOf(long number) => new(Kind, $"{number:D12}");

    public PolicyVersion ToVersion() =>
        new(Number, Name, Rules, Document, Comment, Instant.FromUnixTimeTicks(PublishedAt))
        {
            Author = Author?.ToActor(),
            Restores = Restores,
        };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static PolicyVersionRecord Read(ReadOnlySpan<byte> bytes) => JsonFormat.Read<PolicyVersionRecord>(
        bytes, Format, static read => read.StoredFormat, "published policy");
}
