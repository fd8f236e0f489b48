using Grpc.Core;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>One method of each kind; all answer what the same methods of <see cref="EchoService"/> do.</summary>
public sealed class AsideService : Aside.AsideBase
{
    private readonly EchoService echo = new(new HangingCalls());

    public override Task<Saying> Say(Saying request, ServerCallContext context) => echo.Say(request, context);

    public override Task<Saying> Join(IAsyncStreamReader<Saying> requestStream, ServerCallContext context) =>
        echo.Join(requestStream, context);

    public override Task Split(
        Saying request, IServerStreamWriter<Saying> responseStream, ServerCallContext context) =>
        echo.Split(request, responseStream, context);

    public override Task Converse(
        IAsyncStreamReader<Saying> requestStream, IServerStreamWriter<Saying> responseStream,
        ServerCallContext context) => echo.Converse(requestStream, responseStream, context);
}
