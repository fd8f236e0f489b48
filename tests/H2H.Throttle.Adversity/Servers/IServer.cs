using H2H.Throttle.Adversity.Histories;
using NodaTime;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>One server, as its clients see it. Safe from any thread.</summary>
internal interface IServer
{
    /// <summary>Asks once. A refusal is an answer.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="at">The time of the call; null: the server's clock.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the call.</param>
    /// <exception cref="UnansweredException">Nobody knows whether it happened.</exception>
    ValueTask<Answer> AskAsync(Call call, Instant? at, CancellationToken cancellation);
}
