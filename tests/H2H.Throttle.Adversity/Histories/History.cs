using System.Collections.Immutable;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>All that was recorded in one run.</summary>
internal sealed record History(ImmutableArray<RecordedCall> Calls)
{
    /// <summary>What cannot be explained, in words; empty: all is well.</summary>
    public ImmutableArray<string> Flaws() => [.. Contradictions(), .. Unexplained()];

    /// <summary>One request, two names for what it brought about.</summary>
    private IEnumerable<string> Contradictions() => Calls
        .Where(static call => call.Call.RequestId is not null && call.Answer?.ContactId is not null)
        .GroupBy(static call => (call.Call.Person, call.Call.RequestId, call.Call.Content))
        .Where(static same => same.DistinctBy(static call => call.Answer!.ContactId).Count() > 1)
        .Select(static same => $"Request {same.Key.RequestId} has more than one contact:\n"
            + string.Join('\n', same.Select(static call => $"  {call} {call.Answer!.ContactId}")));

    private IEnumerable<string> Unexplained() => Calls
        .GroupBy(static call => call.Call.Person)
        .Select(static person => Explainer.Explain([.. person]))
        .Where(static explanation => !explanation.IsFound)
        .Select(static explanation => explanation.ToString());
}
