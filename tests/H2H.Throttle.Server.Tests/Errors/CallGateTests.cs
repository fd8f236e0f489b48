using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Errors;

public sealed class CallGateTests
{
    private readonly CallGate gate = new(new ServerOptions { CallsInFlightMax = 2 });

    [Fact]
    public void No_more_are_let_in_than_there_is_room_for()
    {
        gate.Enter();
        gate.Enter();

        RefusedException refused = Assert.Throws<RefusedException>(gate.Enter);

        Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.Overloaded), (refused.Code, refused.Reason));
        Assert.Equal(2, gate.InFlight);
    }

    [Fact]
    public void Whoever_leaves_makes_room()
    {
        gate.Enter();
        gate.Enter();
        gate.Leave();

        gate.Enter();

        Assert.Equal(2, gate.InFlight);
    }

    [Fact]
    public void Nobody_is_let_in_once_it_is_closed_and_those_inside_may_leave()
    {
        gate.Enter();
        gate.Close();

        RefusedException refused = Assert.Throws<RefusedException>(gate.Enter);
        gate.Leave();

        Assert.Equal((StatusCode.Unavailable, ErrorReason.ShuttingDown), (refused.Code, refused.Reason));
        Assert.Equal(0, gate.InFlight);
    }
}
