using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Servers;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Confirms a reservation as if the person had not opted out since.</summary>
internal sealed class UnrevokingServer(IServer server) : IServer
{
    public async ValueTask<Answer> AskAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        Answer answer = await server.AskAsync(call, at, cancellation);
        return answer with { Words = answer.Words.Replace(" revoked", "", StringComparison.Ordinal) };
    }
}
