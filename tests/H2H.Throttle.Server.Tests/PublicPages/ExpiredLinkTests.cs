using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

/// <summary>Links that were made long ago, and those of just before they would be too old.</summary>
public sealed class ExpiredLinkTests(ExpiredLinkTests.PastServer server) : IClassFixture<ExpiredLinkTests.PastServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task A_page_opens_until_its_days_are_over_and_then_answers_as_a_bent_link_does()
    {
        string good = await PageMadeAsync(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(5));
        string old = await PageMadeAsync(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(5));
        (int, string) bent = await server.GetAsync("me/never-signed");

        Assert.Equal(200, (await server.GetAsync(good)).Code);
        Assert.Equal(404, bent.Item1);
        Assert.Equal(bent, await server.GetAsync(old));
        Assert.Equal(bent, await server.PostAsync(old, ("do", "stop")));
        Assert.Empty((await server.ConsentAsync(person)).Consent.OptOuts);
    }

    [Fact]
    public async Task A_link_to_unsubscribe_works_until_its_days_are_over_by_button_and_by_mail()
    {
        string good = await UnsubscribeMadeAsync(TimeSpan.FromDays(40) - TimeSpan.FromMinutes(5));
        string old = await UnsubscribeMadeAsync(TimeSpan.FromDays(40) + TimeSpan.FromMinutes(5));
        (int, string) bent = await server.GetAsync("u/never-signed");

        Assert.Equal(bent, await server.GetAsync(old));
        Assert.Equal(bent, await server.PostAsync(old, ("List-Unsubscribe", "One-Click")));
        ReceiveMessageResponse mail = await server.Consent.ReceiveMessageAsync(
            new() { PersonId = NewPerson(), Channel = "email", Text = $"unsubscribe {old.Split('/')[^1]}" },
            TestServer.Call);
        Assert.NotEqual(MessageMeaning.OptOut, mail.Meaning);
        Assert.Empty((await server.ConsentAsync(person)).Consent.OptOuts);

        Assert.Equal(200, (await server.PostAsync(good, ("List-Unsubscribe", "One-Click"))).Code);
        Assert.Single((await server.ConsentAsync(person)).Consent.OptOuts);
    }

    private static Timestamp Before(TimeSpan age) => Timestamp.FromDateTime(DateTime.UtcNow - age);

    private async Task<string> PageMadeAsync(TimeSpan age) => (await server.Consent.CreatePageLinkAsync(
        new() { PersonId = person, At = Before(age) }, TestServer.Call)).Url;

    private async Task<string> UnsubscribeMadeAsync(TimeSpan age) => (await server.Consent.CreateUnsubscribeLinkAsync(
        new() { PersonId = person, At = Before(age) }, TestServer.Call)).Url;

    /// <summary>Believes callers about the time, so that links of long ago can be made now.</summary>
    public sealed class PastServer() : TestServer(
        "--Throttle:TrustRequestTime=true", "--Public:PageDays=2", "--Public:UnsubscribeDays=40");
}
