using System.Collections.Immutable;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>An order that explains a history, or how far one could be found.</summary>
/// <param name="Order">The calls that it explains.</param>
/// <param name="Stuck">
/// Empty if all are explained; else those that could be next, with what the model would have answered.
/// </param>
/// <param name="IsJudged">False: the search was given up.</param>
/// <param name="Steps">How long the search took.</param>
internal sealed record Explanation(
    ImmutableArray<RecordedCall> Order,
    ImmutableArray<(RecordedCall Call, Answer Expected)> Stuck,
    bool IsJudged,
    int Steps)
{
    public bool IsFound => Stuck.IsEmpty;

    public override string ToString() => IsFound ? "explained" : string.Join('\n',
    [
        IsJudged ? "No order of these calls explains the answers." : "The search for an order was given up.",
        "Explained, in this order:",
        .. Order.Select(static call => $"  {call}"),
        "None of these can be next:",
        .. Stuck.Select(static one => $"  {one.Call}\n      a correct server answers: {one.Expected}"),
    ]);
}
