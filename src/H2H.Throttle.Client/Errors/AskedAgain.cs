using System.Security.Cryptography;
using Grpc.Core;

namespace H2H.Throttle.Client.Errors;

/// <summary>A unary call that is made again when the service was too busy, after the pause that it asked for.</summary>
internal sealed class AskedAgain<TResponse>
{
    private const string Overloaded = "OVERLOADED";
    private const int JitterMaxPercent = 50;   // of the pause, so that those refused together do not come together

    private readonly Func<AsyncUnaryCall<TResponse>> call;
    private readonly CallOptions options;
    private readonly TimeProvider clock = TimeProvider.System;
    private AsyncUnaryCall<TResponse> current;

    /// <param name="call">Makes it, each time anew.</param>
    /// <param name="options">Its deadline and cancellation also end the pauses.</param>
    /// <param name="repeatsMax">How often it is made again.</param>
    public AskedAgain(Func<AsyncUnaryCall<TResponse>> call, CallOptions options, int repeatsMax)
    {
        (this.call, this.options) = (call, options);
        current = call();
        ResponseAsync = repeatsMax > 0 ? AnswerAsync(repeatsMax) : current.ResponseAsync;
        HeadersAsync = current.ResponseHeadersAsync;
    }

    public Task<TResponse> ResponseAsync { get; }

    /// <summary>Of the first time.</summary>
    public Task<Metadata> HeadersAsync { get; }

    public Status GetStatus() => current.GetStatus();

    public Metadata GetTrailers() => current.GetTrailers();

    public void Dispose() => current.Dispose();

    private async Task<TResponse> AnswerAsync(int repeatsMax)
    {
        for (int repeats = 0; ; repeats++)
        {
            try
            {
                return await current.ResponseAsync.ConfigureAwait(false);
            }
            catch (RpcException error) when (repeats < repeatsMax && PauseAfter(error) is { } pause)
            {
                await Task.Delay(pause, clock, options.CancellationToken).ConfigureAwait(false);
                current.Dispose();
                current = call();
            }
        }
    }

    /// <summary>How long to wait; null: the service does not ask to be asked again, or too late.</summary>
    private TimeSpan? PauseAfter(RpcException error)
    {
        if (error.StatusCode is not StatusCode.ResourceExhausted
            || ErrorWire.Read(error) is not { Reason: Overloaded, RetryAfter: { } asked })
        {
            return null;
        }

        TimeSpan pause = asked * (1 + (RandomNumberGenerator.GetInt32(JitterMaxPercent) / 100.0));
        bool isInTime = options.Deadline is not { } deadline || clock.GetUtcNow().UtcDateTime + pause < deadline;
        return isInTime ? pause : null;
    }
}
