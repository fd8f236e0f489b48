using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>Writes down who asked what when and was answered what. Safe from any thread.</summary>
internal sealed class Recorder
{
    private readonly Lock gate = new();
    private readonly List<RecordedCall> calls = [];
    private long place;

    public RecordedCall Begin(Call call, string server, Instant clock)
    {
        lock (gate)
        {
            RecordedCall begun = new(call, server, clock, ++place);
            calls.Add(begun);
            return begun;
        }
    }

    public void End(RecordedCall call, Answer answer)
    {
        lock (gate)
        {
            (call.Ended, call.Answer) = (++place, answer);
        }
    }

    /// <summary>The call did nothing, and its server said so: it might as well not have been made.</summary>
    public void Forget(RecordedCall call)
    {
        lock (gate)
        {
            calls.Remove(call);
        }
    }

    /// <summary>What was recorded until now, in the order of the beginnings.</summary>
    public ImmutableArray<RecordedCall> Calls
    {
        get { lock (gate) { return [.. calls]; } }
    }
}
