using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Rpc;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>Asks by HTTP, with nothing but what every language has.</summary>
public static class Posting
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> PostAsync(
        this TestServer server, string path, string json, params (string Name, string Value)[] headers) =>
        server.PostAsync(path, Encoding.UTF8.GetBytes(json), "application/json", headers);

    public static async Task<HttpResponseMessage> PostAsync(
        this TestServer server, string path, byte[] body, string? type, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await server.Http.SendAsync(request, Cancellation);
    }

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return document.RootElement.Clone();
    }

    public static async Task<(string Code, ErrorInfo Info)> ReadErrorAsync(this HttpResponseMessage response)
    {
        JsonElement error = await response.ReadJsonAsync();
        JsonElement detail = error.GetProperty("details")[0];
        Assert.Equal("google.rpc.ErrorInfo", detail.GetProperty("type").GetString());
        string value = detail.GetProperty("value").GetString()!;
        ErrorInfo info = ErrorInfo.Parser.ParseFrom(
            Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '=')));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        return (error.GetProperty("code").GetString()!, info);
    }
}
