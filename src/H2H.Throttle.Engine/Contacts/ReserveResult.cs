using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to Reserve; the reservation is null exactly if the verdict is a denial.</summary>
public sealed record ReserveResult(PersonKey Person, Verdict Verdict, KnownContact? Reservation)
{
    /// <summary>The person of whom it was decided, and when; null: it repeats an answer that was given before.</summary>
    internal (Person Person, Instant Now)? Judged { get; init; }
}
