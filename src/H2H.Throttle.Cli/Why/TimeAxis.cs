using NodaTime;

namespace H2H.Throttle.Cli.Why;

/// <summary>Puts instants on the columns of a picture.</summary>
/// <param name="start">The instant at the left edge.</param>
/// <param name="end">The instant at the right edge, after the start.</param>
/// <param name="width">How many columns.</param>
internal sealed class TimeAxis(Instant start, Instant end, int width)
{
    public Instant Start => start;

    public Instant End => end;

    public int Width => width;

    /// <summary>May lie outside the picture, to either side.</summary>
    public int ColumnOf(Instant at) => (int)Math.Floor((at - start).TotalTicks / (end - start).TotalTicks * width);

    /// <summary>Whether the column is in the picture.</summary>
    public bool Has(int column) => column >= 0 && column < width;

    /// <summary>The instant in the middle of a column.</summary>
    public Instant MiddleOf(int column) => start + ((end - start) * ((column + 0.5) / width));
}
