using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Lists;

/// <summary>Which lists there are, as the record store keeps it: JSON, one record for all.</summary>
/// <remarks>
/// To save it is to switch: a list is what this record says it is. One load tells a server whether any list changed.
/// </remarks>
internal sealed record ShelfRecord
{
    public const string Kind = "list-shelf";
    public const int Format = 1;
    public const int ImportsMax = 1000;

    public static RecordKey Key { get; } = new(Kind, "all");

    public static ShelfRecord Empty { get; } = new();

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    /// <summary>In the order of their names; those that were removed too.</summary>
    public ImmutableArray<ListEntry> Lists { get; init; } = [];

    /// <summary>Layers of imports that are not finished.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>Layers that no list has any more, and that are to be cleared away.</summary>
    public ImmutableArray<string> Leftovers { get; init; } = [];

    /// <summary>Null if there is none of that name, or it was removed.</summary>
    public ListEntry? Find(string name) => Lists.FirstOrDefault(list => list.Name == name && !list.IsRemoved);

    /// <summary>Whether an import is part of what a list is.</summary>
    public bool IsInForce(string layer) => Lists.Any(list => list.Layers.Contains(layer));

    /// <exception cref="RequestException">There are too many already.</exception>
    public ShelfRecord Begun(string layer) => Imports.Length < ImportsMax
        ? this with { Imports = Imports.Add(layer) }
        : throw new RequestException(
            ProblemReason.ListsTooMany,
            "",
            $"{ImportsMax} imports are under way or were broken off of late; finish some of them first.");

    public ShelfRecord With(ListEntry list) => this with
    {
        Lists =
        [
            .. Lists.Where(other => other.Name != list.Name)
                .Append(list)
                .OrderBy(static one => one.Name, StringComparer.Ordinal),
        ],
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static ShelfRecord Read(Record record)
    {
        if (!record.Exists)
        {
            return Empty;
        }

        return JsonFormat.Read<ShelfRecord>(
            record.Value.Span, Format, static read => read.StoredFormat, "shelf of suppression lists");
    }
}
