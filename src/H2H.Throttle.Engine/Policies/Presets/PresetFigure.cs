namespace H2H.Throttle.Engine.Policies.Presets;

/// <summary>One thing that a preset holds people to, and how far it can be trusted.</summary>
/// <param name="What">The figure, in words.</param>
/// <param name="Basis">What it rests on.</param>
public sealed record PresetFigure(string What, Basis Basis);
