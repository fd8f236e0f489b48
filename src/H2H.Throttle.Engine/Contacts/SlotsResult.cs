using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to FindSlots.</summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Slots">When the contact would be allowed, in order; starts included, ends excluded.</param>
/// <param name="HasMore">There are further slots in the span.</param>
/// <param name="Verdict">On the start of the span.</param>
/// <param name="Cautions">What rules had to leave open somewhere in the span: of each rule the first.</param>
public sealed record SlotsResult(
    PersonKey Person, ImmutableArray<Interval> Slots, bool HasMore, Verdict Verdict, ImmutableArray<Reason> Cautions);
