using System.Net;
using H2H.Throttle.Server.Start;
using H2H.Throttle.Server.Webhooks;

namespace H2H.Throttle.Server.Tests.Webhooks;

public sealed class AddressGuardTests
{
    private static readonly ServerOptions Exposed = new() { Host = "*" };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001::1")]
    public void An_address_of_no_public_network_is_refused(string address)
    {
        AddressGuard guard = new(new WebhookOptions(), Exposed);

        Assert.False(guard.Allows(IPAddress.Parse(address)));
        string host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        Assert.NotNull(guard.WhyNot(new Uri($"https://{host}/")));
    }

    [Theory]
    [InlineData("9.9.9.9")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1")]
    [InlineData("::ffff:9.9.9.9")]
    [InlineData("64:ff9b::909:909")]
    public void A_public_one_is_not(string address) =>
        Assert.True(new AddressGuard(new WebhookOptions(), Exposed).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    public void Other_ways_to_write_an_address_are_that_address(string text) =>
        Assert.NotNull(new AddressGuard(new WebhookOptions(), Exposed).WhyNot(new Uri(text)));

    [Fact]
    public void Networks_that_are_named_are_allowed_and_no_others()
    {
        AddressGuard guard = new(new WebhookOptions { AllowedNetworks = "10.1.0.0/16, fd00::/8" }, Exposed);

        Assert.True(guard.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.True(guard.Allows(IPAddress.Parse("fd00::1")));
        Assert.False(guard.Allows(IPAddress.Parse("10.2.0.1")));
        Assert.False(guard.Allows(IPAddress.Parse("127.0.0.1")));
    }

    [Fact]
    public void Http_is_for_loopback_while_the_server_is_there_alone()
    {
        AddressGuard local = new(new WebhookOptions(), new ServerOptions());
        AddressGuard exposed = new(new WebhookOptions(), Exposed);
        AddressGuard allowing = new(new WebhookOptions { AllowHttp = true }, Exposed);

        Assert.Null(local.WhyNot(new Uri("http://localhost:8080/")));
        Assert.Null(local.WhyNot(new Uri("http://127.0.0.1/")));
        Assert.NotNull(local.WhyNot(new Uri("http://example.com/")));
        Assert.NotNull(exposed.WhyNot(new Uri("http://localhost/")));
        Assert.NotNull(exposed.WhyNot(new Uri("http://example.com/")));
        Assert.Null(allowing.WhyNot(new Uri("http://example.com/")));
        Assert.Null(exposed.WhyNot(new Uri("https://example.com/")));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("everywhere")]
    public void What_is_no_network_ends_the_start(string networks)
    {
        StartException refused = Assert.Throws<StartException>(
            () => new AddressGuard(new WebhookOptions { AllowedNetworks = networks }, Exposed));

        Assert.Contains(networks, refused.Message, StringComparison.Ordinal);
    }
}
