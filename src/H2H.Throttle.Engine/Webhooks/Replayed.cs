namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What came of sending dead letters again.</summary>
/// <param name="Taken">How many the receiver took.</param>
/// <param name="Left">How many dead letters there are still.</param>
/// <param name="FailedAt">The position of the one that was not taken; null: all were.</param>
/// <param name="Failure">How that went; null exactly if all were taken.</param>
public sealed record Replayed(int Taken, int Left, long? FailedAt, Carried? Failure);
