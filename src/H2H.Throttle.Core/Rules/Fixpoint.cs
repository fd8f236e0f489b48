using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Finds the first instant at which several constraints hold together.</summary>
/// <remarks>
/// Each constraint tells the first instant, not before a given one, at which it holds by itself. Going from one such
/// instant to the next never jumps over a common one, so where it comes to rest is the least fixpoint.
/// </remarks>
internal static class Fixpoint
{
    /// <summary>
    /// Constraints that have not met after so many rounds count as never meeting. A round between hours that do not
    /// meet goes on by a day, so this is some two years.
    /// </summary>
    public const int RoundsMax = 800;

    /// <summary>The first instant from <paramref name="from"/> on that all accept; null: there is none.</summary>
    public static Instant? Least<TConstraint>(
        Instant from, IReadOnlyList<TConstraint> constraints, Func<TConstraint, Instant, Instant?> holdsFrom)
    {
        Instant at = from;
        for (int round = 0; round < RoundsMax; round++)
        {
            Instant before = at;
            foreach (TConstraint constraint in constraints)
            {
                if (holdsFrom(constraint, at) is not { } next)
                {
                    return null;
                }

                at = next;
            }

            if (at == before)
            {
                return at;
            }
        }

        return null;
    }
}
