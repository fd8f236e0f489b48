using System.Collections.Immutable;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to PlanContacts.</summary>
/// <param name="Person">Whom they are for.</param>
/// <param name="Contacts">In the order in which to reserve them.</param>
public sealed record PlanResult(PersonKey Person, ImmutableArray<PlannedContact> Contacts);
