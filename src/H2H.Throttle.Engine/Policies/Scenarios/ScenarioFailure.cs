namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>A step that was answered otherwise than expected.</summary>
/// <param name="Line">Where the step stands, from 1.</param>
/// <param name="Expected">As the step says it.</param>
/// <param name="Got">In the same form.</param>
public sealed record ScenarioFailure(int Line, string Expected, string Got);
