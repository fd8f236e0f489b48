using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Servers;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Once it has said no to a check, says the same to the next one, whatever happened in between.</summary>
internal sealed class StubbornServer(IServer server) : IServer
{
    private readonly Dictionary<(string Person, string? Channel), Answer> denied = [];

    public async ValueTask<Answer> AskAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        if (call.Kind is not CallKind.Check)
        {
            return await server.AskAsync(call, at, cancellation);
        }

        if (denied.Remove((call.Person, call.Channel), out Answer? before))
        {
            return before;
        }

        Answer answer = await server.AskAsync(call, at, cancellation);
        if (answer.Words != "allow")
        {
            denied[(call.Person, call.Channel)] = answer;
        }

        return answer;
    }
}
