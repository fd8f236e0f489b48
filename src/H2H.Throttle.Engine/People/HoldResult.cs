using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.People;

/// <summary>A person after a hold was placed or lifted.</summary>
/// <param name="Person">As then known.</param>
/// <param name="Revoked">Reservations that the hold stopped, oldest first.</param>
public sealed record HoldResult(Person Person, ImmutableArray<ContactId> Revoked);
