using System.Net;
using System.Runtime.CompilerServices;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.Tests.Hosting;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class VisitorLimitsTests
{
    [Fact]
    public void Each_address_has_a_room_of_its_own_and_a_network_of_version_6_is_one()
    {
        using VisitorLimits limits = new(new PublicOptions { RequestsPerSecondMax = 2 });

        Assert.True(limits.TryTake(IPAddress.Parse("192.0.2.1")));
        Assert.True(limits.TryTake(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.False(limits.TryTake(IPAddress.Parse("192.0.2.1")));
        Assert.True(limits.TryTake(IPAddress.Parse("192.0.2.2")));
        Assert.True(limits.TryTake(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.True(limits.TryTake(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.False(limits.TryTake(IPAddress.Parse("2001:db8:1:2::3")));
        Assert.True(limits.TryTake(IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void Without_a_limit_nobody_is_turned_away()
    {
        using VisitorLimits limits = new(new PublicOptions());

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(limits.TryTake(IPAddress.Loopback)));
    }

    [Fact]
    public async Task Whoever_asks_too_often_is_told_to_wait_and_others_calls_are_answered()
    {
        BusyServer server = new();
        await server.InitializeAsync();
        await using ConfiguredAsyncDisposable ending = server.ConfigureAwait(false);
        string url = await server.UnsubscribeUrlAsync(NewPerson());

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            _ => server.Http.GetAsync(Visiting.UriOf(url), TestContext.Current.CancellationToken)));

        HttpResponseMessage refused = answers.First(static one => one.StatusCode is HttpStatusCode.TooManyRequests);
        Assert.Contains(answers, static one => one.StatusCode is HttpStatusCode.OK);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(
            "text/html", refused.Content.Headers.ContentType!.MediaType);
        Assert.Empty((await server.ConsentAsync(NewPerson())).Consent.OptOuts);
    }

    private sealed class BusyServer() : TestServer("--Public:RequestsPerSecondMax=3");
}
