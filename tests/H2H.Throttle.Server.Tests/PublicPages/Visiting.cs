using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.PublicPages;

/// <summary>Visits pages as a browser or a mail program does.</summary>
internal static class Visiting
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<string> UnsubscribeUrlAsync(
        this TestServer server, string person, ConsentScope? scope = null) =>
        (await server.Consent.CreateUnsubscribeLinkAsync(
            new() { PersonId = person, Scope = scope }, TestServer.Call)).Url;

    public static async Task<string> PageUrlAsync(this TestServer server, string person) =>
        (await server.Consent.CreatePageLinkAsync(new() { PersonId = person }, TestServer.Call)).Url;

    public static async Task<(int Code, string Body)> GetAsync(this TestServer server, string url)
    {
        using HttpResponseMessage response = await server.Http.GetAsync(UriOf(url), Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public static async Task<(int Code, string Body)> PostAsync(
        this TestServer server, string url, params (string Name, string Value)[] form)
    {
        using FormUrlEncodedContent content = new(
            form.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        using HttpResponseMessage response = await server.Http.PostAsync(UriOf(url), content, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public static Uri UriOf(string url) => new(url, UriKind.RelativeOrAbsolute);

    public static async Task<GetConsentResponse> ConsentAsync(this TestServer server, string person) =>
        await server.Consent.GetConsentAsync(new() { PersonId = person }, TestServer.Call);
}
