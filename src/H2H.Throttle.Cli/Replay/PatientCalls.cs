using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Replay;

/// <summary>
/// Repeats calls that were not answered, for as long as a server may be away. Every call must be safe to repeat.
/// Safe from any thread.
/// </summary>
/// <param name="with">Whom to ask.</param>
/// <param name="patience">How long no call at all may be answered before it is given up.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class PatientCalls(Conversation with, TimeSpan patience, TimeProvider clock)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    private long lastAnswer = clock.GetTimestamp();
    private int answered;
    private int repeated;

    /// <summary>How many calls were answered.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>How often a call had to be made again.</summary>
    public int Repeated => Volatile.Read(ref repeated);

    /// <summary>How long no call has been answered.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref lastAnswer));

    /// <exception cref="ThrottleException">The call was refused, or patience is at its end.</exception>
    public async Task<TResponse> AskAsync<TResponse>(
        Func<CallOptions, AsyncUnaryCall<TResponse>> call, CancellationToken cancellation)
    {
        TimeSpan pause = PauseMin;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                TResponse answer = await call(with.Call(cancellation));
                Volatile.Write(ref lastAnswer, clock.GetTimestamp());
                Interlocked.Increment(ref answered);
                return answer;
            }
            catch (ThrottleException error) when (error.MayBeRepeated && Silence < patience)
            {
                await Task.Delay(pause, clock, cancellation);
            }

            Interlocked.Increment(ref repeated);
            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }
}
