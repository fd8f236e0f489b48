using H2H.Throttle.Core.Consent;

namespace H2H.Throttle.Engine.People;

/// <summary>Times that a person named as inconvenient, as a caller describes them, not checked yet.</summary>
/// <param name="Scope">Which contacts.</param>
/// <param name="Times">As in <c>mon-fri 15:00-17:00; sat-sun all</c>.</param>
/// <param name="Until">The last day, <c>2026-12-31</c>; null or empty: for good.</param>
public sealed record QuietDraft(Scope Scope, string Times, string? Until);
