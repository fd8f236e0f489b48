using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Policies;

public sealed class SimulationTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private const string Once = """
        policy: strict
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        rules:
          - { name: once, cap: 1, in: lifetime }
        """;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_simulation_tells_what_the_candidate_would_have_refused_of_what_the_policy_in_force_allowed()
    {
        for (int day = 0; day < 2; day++)
        {
            ReserveResponse reserved = await server.Throttle.ReserveAsync(
                new()
                {
                    Contact = new() { PersonId = "ada", Channel = "email", Purpose = "marketing", Brand = "north" },
                    At = Timestamp.FromDateTimeOffset(Noon.AddDays(day)),
                },
                TestServer.Call);
            Assert.Equal(Verdict.Allow, reserved.Decision.Verdict);
        }

        Simulation simulation = await SimulateAsync(new() { Document = Once });
        Simulation inForce = await SimulateAsync(new() { Version = 1 });

        Assert.Equal("strict", simulation.Candidate);
        Assert.Equal((1, 1, 2, 1, 1), (
            simulation.People, simulation.PeopleAffected, simulation.Contacts, simulation.Refused,
            simulation.NewlyRefused));
        Assert.Equal(
            new SimulatedRule { Rule = "once", Effect = RuleEffect.Deny, Contacts = 1, Alone = 1, People = 1 },
            Assert.Single(simulation.Rules));
        Assert.Equal("north", Assert.Single(simulation.Brands).Name);
        Assert.Equal((100, 0), (simulation.SamplePercent, simulation.RefusedMargin));
        Assert.NotEmpty(simulation.Limits);
        Assert.Equal((2, 0), (inForce.Contacts, inForce.Refused));
    }

    [Theory]
    [InlineData("rules: [", 100, "POLICY_INVALID")]
    [InlineData("", 100, "FIELD_MISSING")]
    [InlineData(Once, 0, "SAMPLE_OUT_OF_RANGE")]
    [InlineData(Once, 101, "SAMPLE_OUT_OF_RANGE")]
    public async Task What_cannot_be_simulated_is_refused(string document, double percent, string reason)
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => SimulateAsync(new() { Document = document, SamplePercent = percent }));

        Assert.Equal((StatusCode.InvalidArgument, reason), (error.StatusCode, Refusal.Of(error).Reason));
    }

    [Fact]
    public async Task A_version_that_was_never_published_and_a_time_that_ends_before_it_starts_are_refused()
    {
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(() => SimulateAsync(new() { Version = 77 }));
        RpcException backwards = await Assert.ThrowsAsync<RpcException>(() => SimulateAsync(new()
        {
            Document = Once,
            From = Timestamp.FromDateTimeOffset(Noon),
            Until = Timestamp.FromDateTimeOffset(Noon),
        }));

        Assert.Equal("POLICY_VERSION_UNKNOWN", Refusal.Of(unknown).Reason);
        Assert.Equal("TIME_OUT_OF_RANGE", Refusal.Of(backwards).Reason);
    }

    private async Task<Simulation> SimulateAsync(SimulatePolicyRequest request)
    {
        using AsyncServerStreamingCall<SimulatePolicyResponse> call =
            server.Policies.SimulatePolicy(request, TestServer.Call);
        SimulatePolicyResponse? last = null;
        await foreach (SimulatePolicyResponse step in call.ResponseStream.ReadAllAsync(
            TestContext.Current.CancellationToken))
        {
            last = step;
        }

        return last!.Simulation;
    }
}
