using System.Collections.Immutable;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">On which line it starts, from 1.</param>
/// <param name="Fields">Without quotes; empty if there is a fault.</param>
/// <param name="Fault">What is wrong with it, as the end of a sentence; null: nothing.</param>
internal readonly record struct CsvRecord(long Line, ImmutableArray<string> Fields, string? Fault);
