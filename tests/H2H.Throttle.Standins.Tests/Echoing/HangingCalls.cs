using System.Collections.Concurrent;

namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>The calls that hang in the server, by their text: a test can wait until one has begun or ended.</summary>
public sealed class HangingCalls
{
    private readonly ConcurrentDictionary<string, Moments> calls = new();

    public Task BegunAsync(string text, CancellationToken cancellation) => Of(text).Begun.Task.WaitAsync(cancellation);

    /// <summary>Done when the server has seen that the call was cancelled.</summary>
    public Task CancelledAsync(string text, CancellationToken cancellation) =>
        Of(text).Cancelled.Task.WaitAsync(cancellation);

    public async Task HangAsync(string text, CancellationToken cancellation)
    {
        Moments moments = Of(text);
        using CancellationTokenRegistration registration = cancellation.Register(moments.Cancelled.SetResult);
        moments.Begun.SetResult();
        await moments.Cancelled.Task;
        cancellation.ThrowIfCancellationRequested();
    }

    private Moments Of(string text) => calls.GetOrAdd(text, static _ => new Moments());

    private sealed class Moments
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
