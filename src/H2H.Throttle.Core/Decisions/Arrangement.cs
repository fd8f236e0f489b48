using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>When several contacts are made, the most important first.</summary>
/// <param name="Times">Null: it is left out.</param>
internal sealed record Arrangement(ImmutableArray<Instant?> Times)
{
    private int Placed => Times.Count(static at => at is not null);

    /// <summary>
    /// Whether it is the better plan: it leaves out fewer; else, of the contacts that only one leaves out, it places
    /// the most important; else it has the most important one earlier whose times differ.
    /// </summary>
    public bool IsBetterThan(Arrangement other)
    {
        int order = Placed - other.Placed;
        for (int i = 0; order == 0 && i < Times.Length; i++)
        {
            order = (Times[i] is null ? 0 : 1) - (other.Times[i] is null ? 0 : 1);
        }

        for (int i = 0; order == 0 && i < Times.Length; i++)
        {
            order = Nullable.Compare(other.Times[i], Times[i]);
        }

        return order > 0;
    }

    public Arrangement With(int index, Instant at) => new(Times.SetItem(index, at));
}
