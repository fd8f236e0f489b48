using NodaTime;

namespace H2H.Throttle.Core.Consent;

/// <summary>A person said no, or took a no back.</summary>
/// <param name="IsOptOut">True: no. False: the no no longer holds.</param>
/// <param name="Scope">What it is about.</param>
/// <param name="At">When it was said.</param>
/// <param name="Source">Where it was said, in the caller's words; null if nobody told.</param>
public sealed record Statement(bool IsOptOut, Scope Scope, Instant At, string? Source);
