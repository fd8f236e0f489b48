using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Policies;

/// <summary>Each test has a server of its own, since a policy is for all.</summary>
public sealed class ShadowTests : IAsyncLifetime
{
    private const string Once = """
        policy: shade
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        rules:
          - { name: once, cap: 1, in: lifetime }
        """;

    private readonly ReplayServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_shadow_policy_counts_and_decides_nothing_until_it_is_ended()
    {
        PublishShadowPolicyResponse published = await server.Policies.PublishShadowPolicyAsync(
            new() { Document = Once, Comment = "look first" }, TestServer.Call);
        for (int hour = 9; hour < 12; hour += 2)
        {
            ReserveResponse answer = await server.Throttle.ReserveAsync(
                Sample.Reserve("ada", Sample.At(hour)), TestServer.Call);
            Assert.Equal(Verdict.Allow, answer.Decision.Verdict);
            Assert.Empty(answer.Decision.Shadow);
        }

        GetShadowResponse shown = await server.Policies.GetShadowAsync(new(), TestServer.Call);
        await server.Policies.EndShadowPolicyAsync(new(), TestServer.Call);
        GetShadowResponse after = await server.Policies.GetShadowAsync(new(), TestServer.Call);

        Assert.Equal((1, "shade", ""), (
            published.Shadow.Number, published.Shadow.Name, published.Shadow.Document));
        Assert.Equal((Once, "look first", 1), (shown.Shadow.Document, shown.Shadow.Comment, shown.Version));
        Assert.Equal((2, 1, 0), (shown.Counts.Asked, shown.Counts.WouldRefuse, shown.Counts.WouldAllow));
        Assert.Equal(new ShadowRule { Rule = "once", Contacts = 1, Alone = 1 }, Assert.Single(shown.Counts.Rules));
        Assert.Equal((null, null), (after.Shadow, after.Counts));
    }

    [Fact]
    public async Task An_old_version_is_in_force_again_as_a_new_one()
    {
        await server.Policies.PublishPolicyAsync(new() { Document = Once }, TestServer.Call);

        RpcException stale = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Policies.RollBackPolicyAsync(new() { ExpectedVersion = 1 }, TestServer.Call));
        RollBackPolicyResponse back = await server.Policies.RollBackPolicyAsync(
            new() { ExpectedVersion = 2 }, TestServer.Call);
        GetPolicyResponse now = await server.Policies.GetPolicyAsync(new(), TestServer.Call);

        Assert.Equal((StatusCode.Aborted, "POLICY_VERSION_CONFLICT"), (stale.StatusCode, Refusal.Of(stale).Reason));
        Assert.Equal((3, 1, ""), (back.Policy.Version, back.Policy.Restores, back.Policy.Document));
        Assert.Equal((3, 1, TestPolicy.Document), (now.Policy.Version, now.Policy.Restores, now.Policy.Document));
    }

    [Theory]
    [InlineData("", "FIELD_MISSING")]
    [InlineData("rules: [", "POLICY_INVALID")]
    public async Task A_shadow_policy_that_makes_no_sense_is_refused(string document, string reason)
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Policies.PublishShadowPolicyAsync(new() { Document = document }, TestServer.Call));

        Assert.Equal((StatusCode.InvalidArgument, reason), (error.StatusCode, Refusal.Of(error).Reason));
    }
}
