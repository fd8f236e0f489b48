using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to Explain.</summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Verdict">The decision.</param>
/// <param name="Explanation">What is behind it.</param>
/// <param name="Contacts">Those of the explanation, as callers see them at the time of the call.</param>
/// <param name="Zone">Whose clock the times in sentences are of.</param>
/// <param name="Telling">Tells it in sentences.</param>
public sealed record ExplainResult(
    PersonKey Person,
    Verdict Verdict,
    Explanation Explanation,
    ImmutableArray<KnownContact> Contacts,
    DateTimeZone Zone,
    Telling Telling);
