using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.Links;

/// <summary>What a signed link says.</summary>
/// <param name="Use">What it is good for.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Scope">What it opts out of; everything for a page.</param>
/// <param name="Issued">When it was made, to the second.</param>
public sealed record Link(LinkUse Use, PersonKey Person, Scope Scope, Instant Issued);
