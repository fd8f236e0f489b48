using NodaTime;

namespace H2H.Throttle.Core.Consent;

/// <summary>How a consent ends.</summary>
/// <param name="At">It is in force before then.</param>
/// <param name="By">The outcome or event that ended it; null: it was given until then.</param>
public readonly record struct ConsentEnd(Instant At, string? By);
