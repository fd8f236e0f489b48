using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Server.Tests.Hosting;
using NodaTime;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class BadTokenTests(ClockServer server) : IClassFixture<ClockServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task Every_bad_token_gets_one_and_the_same_answer_and_does_nothing()
    {
        string unsubscribe = TokenOf(await server.UnsubscribeUrlAsync(person));
        string page = TokenOf(await server.PageUrlAsync(person));
        LinkSigner foreign = new(new IdentityHasher(new byte[IdentityHasher.KeyBytes]));
        PersonKey somebody = new(new string('A', PersonKey.Length));
        Instant now = SystemClock.Instance.GetCurrentInstant();
        string[] bad =
        [
            "",
            "x",
            "..%2F..%2Fetc",
            "<script>",
            new string('A', 5000),
            unsubscribe[..^1],
            unsubscribe[1..],
            unsubscribe + "A",
            unsubscribe + "/more",
            page,
            foreign.Sign(new Link(LinkUse.Unsubscribe, somebody, Scope.Everything, now)),
            .. Enumerable.Range(0, unsubscribe.Length).Select(place => Bent(unsubscribe, place)),
        ];

        (int Code, string Body) first = await server.GetAsync("u/never-signed");

        Assert.Equal(404, first.Code);
        Assert.Contains("This link does not work", first.Body, StringComparison.Ordinal);
        foreach (string token in bad)
        {
            Assert.Equal(first, await server.GetAsync($"u/{token}"));
            Assert.Equal(first, await server.PostAsync($"u/{token}", ("List-Unsubscribe", "One-Click")));
        }

        Assert.Equal(first, await server.GetAsync($"me/{unsubscribe}"));
        Assert.Equal(first, await server.PostAsync($"me/{unsubscribe}", ("do", "stop")));
        Assert.Equal(first, await server.GetAsync("u"));
        Assert.Equal(first, await server.GetAsync("me"));
        Assert.Empty((await server.ConsentAsync(person)).Consent.OptOuts);
    }

    [Fact]
    public async Task Only_looking_and_posting_are_understood()
    {
        string url = await server.UnsubscribeUrlAsync(person);
        using HttpRequestMessage put = new(HttpMethod.Put, url);

        using HttpResponseMessage response = await server.Http.SendAsync(put, TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_form_of_any_size_or_kind_is_turned_away()
    {
        string url = await server.UnsubscribeUrlAsync(person);
        (string, string)[] many = [.. Enumerable.Range(0, 100).Select(static i => ($"f{i}", "x"))];

        Assert.Equal(200, (await server.PostAsync(url, many)).Code);
        Assert.Equal(200, (await server.PostAsync(
            url, ("x", new string('x', 100_000)), ("List-Unsubscribe", "One-Click"))).Code);
        using HttpResponseMessage json = await server.PostAsync(url, "{}"u8.ToArray(), "application/json");
        Assert.Equal(200, (int)json.StatusCode);
        Assert.Empty((await server.ConsentAsync(person)).Consent.OptOuts);
    }

    private static string TokenOf(string url) => url[(url.LastIndexOf('/') + 1)..];

    private static string Bent(string token, int place) =>
        token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
}
