using System.Collections.Immutable;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to PlanContacts.</summary>
/// <param name="Person">Whom they are for.</param>
/// <param name="Contacts">Those that are placed, in the order in which to reserve them; then those left out.</param>
/// <param name="MayBeBeaten">Whether a better plan may exist: not all ways to place them were tried.</param>
public sealed record PlanResult(PersonKey Person, ImmutableArray<PlannedContact> Contacts, bool MayBeBeaten);
