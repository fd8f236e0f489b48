using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Presets;

/// <summary>Presets that belong together, under one name.</summary>
/// <param name="Name">As policies name it; no preset is called so.</param>
/// <param name="Title">What it is, in a sentence.</param>
/// <param name="Presets">Their names. Never empty.</param>
public sealed record PresetPack(string Name, string Title, ImmutableArray<string> Presets);
