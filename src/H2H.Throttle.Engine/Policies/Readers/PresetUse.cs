using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Presets;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>A preset that a policy takes in.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Node">Where it, or a pack with it, is named.</param>
internal sealed record PresetUse(Preset Preset, Node Node);
