using System.Collections.Frozen;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Lists;

/// <summary>The lists that this process answers from. Immutable; swapped whole.</summary>
/// <param name="Version">Of the shelf's record that it is like; null: of none.</param>
/// <param name="Lists">By name.</param>
internal sealed record LoadedShelf(RecordVersion? Version, FrozenDictionary<string, LoadedList> Lists)
{
    public static LoadedShelf Nothing { get; } = new(null, FrozenDictionary<string, LoadedList>.Empty);

    public LoadedList? Find(string name) => Lists.GetValueOrDefault(name);

    public LoadedShelf With(LoadedList list) => this with
    {
        Lists = Lists.Values.Where(other => other.Entry.Name != list.Entry.Name).Append(list)
            .ToFrozenDictionary(static one => one.Entry.Name, StringComparer.Ordinal),
    };

    /// <summary>Without lists of other names.</summary>
    public LoadedShelf Only(IEnumerable<string> names) => this with
    {
        Lists = Lists.Where(list => names.Contains(list.Key)).ToFrozenDictionary(StringComparer.Ordinal),
    };
}
