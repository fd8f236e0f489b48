using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Lists;

/// <summary>What one import has brought so far, as the record store keeps it: JSON.</summary>
/// <remarks>
/// It names its segments by the sessions, one a connection, that wrote them: a session that was taken over by another
/// can no longer change this record, and what it writes under its own number is in nobody's way.
/// </remarks>
internal sealed record LayerRecord
{
    public const string Kind = "list-layer";
    public const int Format = 1;
    public const int BadLinesMax = 20;

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    /// <summary>A keyed hash of the list and the import id.</summary>
    public required string Id { get; init; }

    public required string List { get; init; }

    /// <summary>Hash of what the import says of itself.</summary>
    public required string Content { get; init; }

    public required ImportMode Mode { get; init; }

    /// <summary>Ticks of 100 ns since 1970; so are the other times.</summary>
    public required long AsOf { get; init; }

    public required long StartedAt { get; init; }

    public required long TouchedAt { get; init; }

    /// <summary>The connection that may go on; counts from 1.</summary>
    public int Session { get; init; } = 1;

    /// <summary>How many segments each session wrote, from the first session on.</summary>
    public ImmutableArray<int> Segments { get; init; } = [0];

    /// <summary>Lines that need not be sent again.</summary>
    public long Lines { get; init; }

    /// <summary>Of those, the ones that have an address.</summary>
    public long Entries { get; init; }

    /// <summary>Of those, the ones that were left out as bad.</summary>
    public long Bad { get; init; }

    /// <summary>The first of them.</summary>
    public ImmutableArray<BadLine> BadLines { get; init; } = [];

    /// <summary>Entries in the segments: no more than <see cref="Entries"/>, some may be there twice.</summary>
    public long Stored { get; init; }

    public static RecordKey KeyOf(string id) => new(Kind, id);

    /// <summary>The keys of its segments, in order.</summary>
    public IEnumerable<RecordKey> SegmentKeys() => Segments.SelectMany(
        (count, session) => Enumerable.Range(0, count).Select(index => SegmentKey(session + 1, index)));

    /// <summary>The keys of segments that may have been written without having been noted here.</summary>
    public IEnumerable<RecordKey> StrayKeys() => Segments.Select((count, session) => SegmentKey(session + 1, count));

    /// <summary>Where this session's next segment goes.</summary>
    public RecordKey NextKey() => SegmentKey(Session, Segments[^1]);

    public static LayerRecord Of(ImportPlan plan, long now) => new()
    {
        Id = plan.Layer,
        List = plan.List,
        Content = plan.Content,
        Mode = plan.Mode,
        AsOf = plan.AsOf.ToUnixTimeTicks(),
        StartedAt = now,
        TouchedAt = now,
    };

    /// <summary>Taken over by a new connection.</summary>
    public LayerRecord InNextSession(long now) =>
        this with { Session = Session + 1, Segments = Segments.Add(0), TouchedAt = now };

    /// <summary>After a segment of so many entries was written; 0: none was.</summary>
    public LayerRecord WithPiece(int entries, long now) => this with
    {
        Segments = entries == 0 ? Segments : Segments.SetItem(Segments.Length - 1, Segments[^1] + 1),
        Stored = Stored + entries,
        TouchedAt = now,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static LayerRecord Read(ReadOnlySpan<byte> bytes) => JsonFormat.Read<LayerRecord>(
        bytes, Format, static read => read.StoredFormat, "import of a suppression list");

    private RecordKey SegmentKey(int session, int index) => new(SegmentFormat.Kind, $"{Id}-{session}-{index}");
}
