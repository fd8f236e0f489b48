using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Servers;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Takes every repetition for a new request.</summary>
internal sealed class ForgetfulServer(IServer server) : IServer
{
    public ValueTask<Answer> AskAsync(Call call, Instant? at, CancellationToken cancellation) =>
        server.AskAsync(call with { RequestId = null }, at, cancellation);
}
