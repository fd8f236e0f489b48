using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to Reserve; the reservation is null exactly if the verdict is a denial.</summary>
public sealed record ReserveResult(PersonKey Person, Verdict Verdict, KnownContact? Reservation);
