using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to Check.</summary>
public sealed record CheckResult(PersonKey Person, Verdict Verdict);
