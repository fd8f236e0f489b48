namespace H2H.Throttle.Engine.Lists;

/// <summary>A line that was left out.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Fault">Why; the line itself is told to nobody.</param>
public sealed record BadLine(long Number, LineFault Fault);
