using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>Where a plan puts one contact.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="At">When to make it; null: it is left out.</param>
/// <param name="AtStart">If it is left out: on the start of the span, given all that are placed.</param>
/// <param name="Cautions">What rules had to leave open to place it; empty if it is left out.</param>
public sealed record PlannedContact(int Index, Instant? At, Verdict? AtStart, ImmutableArray<Reason> Cautions);
