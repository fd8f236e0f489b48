namespace H2H.Throttle.Engine.Simulations;

/// <summary>How many people had so many contacts.</summary>
/// <param name="From">The fewest contacts.</param>
/// <param name="To">The most; null: any number.</param>
/// <param name="Before">People who had so many.</param>
/// <param name="After">People who would have had so many.</param>
public sealed record SimulatedBar(int From, int? To, long Before, long After);
