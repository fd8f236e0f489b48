using NodaTime;

namespace H2H.Throttle.Engine.Lists;

/// <summary>A list that is in use, without what is on it.</summary>
/// <param name="Name">By which rules know it.</param>
/// <param name="AsOf">The instant of which it tells.</param>
/// <param name="Entries">Different addresses.</param>
/// <param name="ChangedAt">When it became what it is.</param>
/// <param name="Changes">Imports that added or removed addresses since it was last replaced.</param>
/// <param name="Lines">Of the last import.</param>
/// <param name="BadLines">Of those, the ones that were left out.</param>
/// <param name="Bytes">What it takes up in this process's memory.</param>
/// <param name="IsReadable">
/// False: the store's copy is damaged, and contacts that depend on it are not decided until it is imported again.
/// </param>
public sealed record SuppressionList(
    string Name,
    Instant AsOf,
    long Entries,
    Instant ChangedAt,
    int Changes,
    long Lines,
    long BadLines,
    long Bytes,
    bool IsReadable)
{
    /// <summary>Names what it is: another version has another.</summary>
    internal string ChangeId { get; init; } = "";

    /// <summary>
    /// When the store's list became another than this, which is in use until that one is loaded; null: it did not.
    /// </summary>
    public Instant? NewerSince { get; init; }

    internal static SuppressionList Of(LoadedList list) => new(
        list.Entry.Name,
        Instant.FromUnixTimeTicks(list.Entry.AsOf),
        list.Entry.Entries,
        Instant.FromUnixTimeTicks(list.Entry.ChangedAt),
        list.Entry.Layers.Length - 1,
        list.Entry.Lines,
        list.Entry.BadLines,
        list.Set?.Bytes ?? 0,
        list.Set is not null)
    {
        ChangeId = list.Entry.ChangeId,
    };
}
