namespace H2H.Throttle.Mutation.Trials;

/// <summary>What the tests said of one fault.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="By">The number of the test that told; null: none did.</param>
/// <param name="IsOver">The process is of no more use.</param>
internal sealed record Verdict(Outcome Outcome, int? By, bool IsOver);
