using System.Collections.Immutable;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>What a test does while nothing is wrong.</summary>
/// <param name="Number">By which the host knows it.</param>
/// <param name="Name">As the framework shows it.</param>
/// <param name="Ms">How long it took.</param>
/// <param name="Calls">How often it came to the place of any fault.</param>
/// <param name="Reached">The numbers of the faults that it came to.</param>
internal sealed record TestCase(int Number, string Name, int Ms, long Calls, ImmutableHashSet<int> Reached)
{
    /// <summary>A test that comes to faults more often than this does not end.</summary>
    /// <remarks>Random stories differ, so there is much room.</remarks>
    public long CallsMax => (20 * Calls) + 2_000_000;
}
