using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Some versions of the policy, newest first.</summary>
/// <param name="Versions">With their documents.</param>
/// <param name="Next">Asks for what follows; null on the last page.</param>
public sealed record PolicyPage(ImmutableArray<PolicyVersion> Versions, string? Next);
