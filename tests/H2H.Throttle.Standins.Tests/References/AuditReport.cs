using System.Collections.Immutable;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>What an audit of one assembly found.</summary>
/// <param name="CheckedCount">How many references and overrides were looked up.</param>
/// <param name="Unresolved">Those that would fail at run time, each with its reason, in order.</param>
public sealed record AuditReport(int CheckedCount, ImmutableArray<string> Unresolved);
