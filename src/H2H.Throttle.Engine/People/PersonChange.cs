using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A change of one person, of many that are made at once.</summary>
/// <param name="Person">Whose record; no two changes have the same.</param>
/// <param name="Now">The time of the call.</param>
/// <param name="Make">As <see cref="PersonStore.ChangeAsync"/> wants it.</param>
internal readonly record struct PersonChange<TResult>(
    PersonKey Person, Instant Now, Func<PersonRecord, Instant, Change<TResult>> Make);
