using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Counts contacts by what they have in common.</summary>
/// <remarks>Of more than <see cref="NamesMax"/> names the later ones are counted together, so it stays small.</remarks>
internal sealed class GroupTally
{
    public const int NamesMax = 1000;

    /// <summary>What stands for the names that came too late.</summary>
    public const string Others = "(others)";

    private readonly Dictionary<string, long[]> counts = new(StringComparer.Ordinal);

    public void Add(string? name, bool isRefused, bool wouldBeRefused)
    {
        string key = name ?? "";
        if (!counts.TryGetValue(key, out long[]? count))
        {
            key = counts.Count < NamesMax ? key : Others;
            if (!counts.TryGetValue(key, out count))
            {
                counts[key] = count = new long[4];
            }
        }

        count[0]++;
        count[1] += isRefused ? 1 : 0;
        count[2] += isRefused && !wouldBeRefused ? 1 : 0;
        count[3] += !isRefused && wouldBeRefused ? 1 : 0;
    }

    public ImmutableArray<SimulatedGroup> ByName() =>
        [.. Groups().OrderBy(static group => group.Name, StringComparer.Ordinal)];

    public ImmutableArray<SimulatedGroup> BySize() =>
    [
        .. Groups().OrderByDescending(static group => group.Contacts)
            .ThenBy(static group => group.Name, StringComparer.Ordinal),
    ];

    private IEnumerable<SimulatedGroup> Groups() => counts.Select(static count => new SimulatedGroup(
        count.Key, count.Value[0], count.Value[1], count.Value[2], count.Value[3]));
}
