using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>Where a plan puts one contact.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="At">When to make it; null: it does not fit.</param>
/// <param name="AtStart">If it does not fit: on the start of the span, given what was placed before.</param>
public sealed record PlannedContact(int Index, Instant? At, Verdict? AtStart);
