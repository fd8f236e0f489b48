using System.Collections.Immutable;

namespace H2H.Throttle.Cli.Demo;

/// <summary>What a brand was answered.</summary>
/// <param name="Contact">What it asked for.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Rules">Every rule that was in the way, the person's own word first; empty if none was.</param>
internal sealed record DemoAnswer(DemoContact Contact, Fate Fate, ImmutableArray<string> Rules);
