using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What is left of a person who is erased. A pure function of their record.</summary>
/// <remarks>
/// Under each of their names the same opt-outs, with neither source nor time of day, so that nothing tells which names
/// were one person's.
/// </remarks>
internal static class Erasing
{
    /// <summary>What remains under any of the person's names.</summary>
    public static PersonRecord Rest(PersonRecord person, Suppression suppression, Instant now)
    {
        Instant day = now.InUtc().Date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        return PersonRecord.Unknown with
        {
            LastSeen = day,
            ToldFrom = day + Duration.FromDays(1),
            Person = Person.Unknown with
            {
                Statements = suppression is Suppression.Everything
                    ? Statements.None.With(new Statement(IsOptOut: true, Scope.Everything, day, null))
                    : Statements.Of(person.Person.Statements.Items
                        .Select(said => said with { At = day, Source = null })),
            },
        };
    }
}
