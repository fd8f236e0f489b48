using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>What a call for a reservation was judged by.</summary>
/// <param name="Person">As known before.</param>
/// <param name="Now">The person's time.</param>
internal readonly record struct Judged(Person Person, Instant Now)
{
    /// <summary>Null: nothing was judged, an earlier answer was given again.</summary>
    public static Judged? Of(Change<ReserveResult> made, PersonRecord record, Instant now) =>
        made.IsRepeated ? null : new Judged(record.Person, now);
}
