using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests;

/// <summary>However the server ends, nothing that it acknowledged is lost.</summary>
public sealed class EndTests : IDisposable
{
    private const int Answers = 2000;

    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Killed_under_load_it_loses_nothing_that_was_acknowledged()
    {
        Load load;
        using (ServerProcess server = await ServerProcess.StartAsync(store.Path))
        {
            load = new Load(server.GrpcAddress);
            (Task underWay, Task over) = load.Start(Answers);
            await underWay;

            await server.KillAsync();
            await over;
        }

        using ServerProcess again = await ServerProcess.StartAsync(store.Path);
        using GrpcChannel channel = again.Connect();
        await load.AssertNothingIsLostAsync(channel);
        Assert.True(load.Recorded.Count + load.OptedOut.Count >= Answers);
    }

    [Fact]
    public async Task Asked_to_stop_under_load_it_finishes_what_is_in_flight_and_tells_the_others_to_come_back()
    {
        Load load;
        using (ServerProcess server = await ServerProcess.StartAsync(store.Path))
        {
            load = new Load(server.GrpcAddress);
            (Task underWay, Task over) = load.Start(Answers);
            await underWay;

            server.Terminate();
            await over;

            Assert.Equal(0, await server.ExitAsync());
            Assert.DoesNotContain("fail", server.Errors, StringComparison.OrdinalIgnoreCase);
        }

        // A call that was let in is answered; one that was not is told so in a way that clients repeat elsewhere.
        Assert.All(load.Failures, static failure => Assert.Equal(StatusCode.Unavailable, failure.StatusCode));
        using ServerProcess again = await ServerProcess.StartAsync(store.Path);
        using GrpcChannel channel = again.Connect();
        await load.AssertNothingIsLostAsync(channel);
        await load.AssertNothingWasDoneUnansweredAsync(channel);
    }
}
