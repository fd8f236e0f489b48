using System.Text;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class UnsubscribeTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly ConsentScope List = new() { Channel = "email", Brand = "north" };
    private readonly string person = NewPerson();

    [Fact]
    public async Task The_headers_are_those_that_mail_programs_look_for()
    {
        CreateUnsubscribeLinkResponse link = await server.Consent.CreateUnsubscribeLinkAsync(
            new() { PersonId = person, Scope = List }, TestServer.Call);

        Assert.Equal($"<{link.Url}>", link.ListUnsubscribe);
        Assert.Equal("List-Unsubscribe=One-Click", link.ListUnsubscribePost);
        Assert.StartsWith($"{server.Http.BaseAddress}u/", link.Url, StringComparison.Ordinal);
        Assert.InRange(link.Url.Length, 1, 200);
        Assert.DoesNotContain(person, link.Url, StringComparison.Ordinal);
        Assert.InRange((link.ExpiresAt.ToDateTime() - DateTime.UtcNow).TotalDays, 1094, 1096);
    }

    [Fact]
    public async Task Looking_never_opts_out_however_often()
    {
        string url = await server.UnsubscribeUrlAsync(person, List);

        (int code, string page) = await server.GetAsync(url);
        using HttpRequestMessage head = new(HttpMethod.Head, url);
        using HttpResponseMessage headed = await server.Http.SendAsync(head, TestContext.Current.CancellationToken);
        (int bare, _) = await server.PostAsync(url);
        (int other, _) = await server.PostAsync(url, ("List-Unsubscribe", "maybe"));

        Assert.Equal((200, 200, 200), (code, bare, other));
        Assert.Equal(200, (int)headed.StatusCode);
        Assert.Contains("value=\"One-Click\"", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>E-mail</bdi>, from <bdi>north</bdi>", page, StringComparison.Ordinal);
        Assert.Equal(new GetConsentResponse { Consent = new() }, await server.ConsentAsync(person));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")]
    [InlineData(
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n")]
    public async Task One_post_of_a_mail_program_opts_out_of_the_list_and_of_nothing_else(string type, string body)
    {
        string url = await server.UnsubscribeUrlAsync(person, List);

        using HttpResponseMessage response = await server.PostAsync(url, Encoding.ASCII.GetBytes(body), type);
        using HttpResponseMessage again = await server.PostAsync(url, Encoding.ASCII.GetBytes(body), type);

        Assert.Equal((200, 200), ((int)response.StatusCode, (int)again.StatusCode));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        GetConsentResponse said = await server.ConsentAsync(person);
        ConsentStatement no = Assert.Single(said.Consent.OptOuts);
        Assert.Equal((List, "one-click link"), (no.Scope, no.Source));
        Assert.Equal(("person", "link"), (said.History[0].By, said.History[0].Through));
    }

    [Fact]
    public async Task Nobody_can_tell_from_a_page_whether_a_person_is_known()
    {
        await server.Consent.OptOutAsync(new() { PersonId = person, Scope = List }, TestServer.Call);
        string known = await server.UnsubscribeUrlAsync(person, List);
        string unknown = await server.UnsubscribeUrlAsync(NewPerson(), List);

        Assert.Equal(await server.GetAsync(known), await server.GetAsync(unknown));
    }

    [Fact]
    public async Task Nobody_keeps_frames_or_learns_of_a_page()
    {
        using HttpResponseMessage response = await server.Http.GetAsync(
            Visiting.UriOf(await server.UnsubscribeUrlAsync(person)), TestContext.Current.CancellationToken);

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it-IT,it;q=0.9,en;q=0.5", "", "it")]
    [InlineData("pl, de;q=0.4, fr;q=0.8", "", "fr")]
    [InlineData("fr", "?lang=de", "de")]
    [InlineData("fr", "?lang=xx", "fr")]
    [InlineData("de;q=0, *", "", "en")]
    [InlineData("%%%;;q=x", "", "en")]
    public async Task A_page_speaks_the_language_that_is_wanted_most(string wanted, string query, string language)
    {
        using HttpRequestMessage request = new(
            HttpMethod.Get, await server.UnsubscribeUrlAsync(person) + query);
        request.Headers.TryAddWithoutValidation("Accept-Language", wanted);

        using HttpResponseMessage response = await server.Http.SendAsync(
            request, TestContext.Current.CancellationToken);

        Assert.Equal([language], response.Content.Headers.ContentLanguage);
        Assert.Contains(
            $"<html lang=\"{language}\">",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
