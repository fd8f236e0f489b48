using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Merging;

/// <summary>How a record was come to.</summary>
/// <param name="Via">The name by which the caller asked.</param>
/// <param name="At">The record; the same unless <paramref name="Via"/> has moved.</param>
internal readonly record struct Trail(PersonKey Via, PersonKey At)
{
    public static Trail To(PersonKey person) => new(person, person);
}
