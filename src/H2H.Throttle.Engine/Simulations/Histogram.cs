using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Counts people by how many contacts they had, before and after.</summary>
internal sealed class Histogram
{
    // Each bar begins with one of these and ends before the next.
    private static readonly ImmutableArray<int> Starts =
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 21, 31, 51, 101, 201, 501, 1001];

    private readonly long[] before = new long[Starts.Length];
    private readonly long[] after = new long[Starts.Length];

    public void Add(int contactsBefore, int contactsAfter)
    {
        before[PlaceOf(contactsBefore)]++;
        after[PlaceOf(contactsAfter)]++;
    }

    /// <summary>From 0 to the last that is not empty.</summary>
    public ImmutableArray<SimulatedBar> ToBars()
    {
        int last = Starts.Length - 1;
        while (last >= 0 && before[last] == 0 && after[last] == 0)
        {
            last--;
        }

        return
        [
            .. Enumerable.Range(0, last + 1).Select(place => new SimulatedBar(
                Starts[place],
                place + 1 < Starts.Length ? Starts[place + 1] - 1 : null,
                before[place],
                after[place])),
        ];
    }

    private static int PlaceOf(int contacts)
    {
        int place = Starts.BinarySearch(contacts);
        return place >= 0 ? place : ~place - 1;
    }
}
