using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Dialers;

/// <summary>The README's mappings are settings that work, and what it shows is what is asked and answered.</summary>
public sealed partial class DialerReadmeTests(DialerReadmeTests.ReadmeServer server)
    : IClassFixture<DialerReadmeTests.ReadmeServer>
{
    // Of an answer, what differs each time.
    private static readonly string[] ByChance = ["decisionId", "reservationId", "contactId", "nextAllowedAt"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Dialers => [.. Names()];

    [Theory]
    [MemberData(nameof(Dialers))]
    public async Task What_it_shows_is_answered_so(string dialer)
    {
        string key = await server.KeyAsync(Role.Sender);
        string[][] exchanges =
        [
            .. Blocks("http").Chunk(2)
                .Where(pair => pair[0].Contains($"/dialer/{dialer}", StringComparison.Ordinal)),
        ];

        foreach (string[] exchange in exchanges)
        {
            using HttpRequestMessage request = Request(exchange[0]);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage response = await server.Http.SendAsync(request, Cancellation);
            await AssertAsync(exchange[1], response);
        }

        Assert.True(exchanges.Length >= 2, $"{dialer} asks {exchanges.Length} times");
    }

    [Fact]
    public void There_are_three() => Assert.Equal(3, Names().Count());

    private static async Task AssertAsync(string expected, HttpResponseMessage response)
    {
        (string[] head, string body) = Parts(expected);
        Assert.Equal(head[0], $"HTTP/1.1 {(int)response.StatusCode} {response.ReasonPhrase}");
        foreach (string[] header in head[1..].Select(static line => line.Split(": ", 2)))
        {
            Assert.Equal(header[1], Assert.Single(response.Headers.GetValues(header[0])));
        }

        Assert.Equal(Fields(body), Fields(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    private static IEnumerable<string> Fields(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(static field =>
            ByChance.Contains(field.Name) ? field.Name : $"{field.Name}={field.Value}")];
    }

    private static HttpRequestMessage Request(string block)
    {
        (string[] head, string body) = Parts(block);
        string[] line = head[0].Split(' ');
        HttpRequestMessage request = new(new HttpMethod(line[0]), line[1]);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(head[1]["Content-Type: ".Length..]);
        }

        return request;
    }

    private static (string[] Head, string Body) Parts(string block)
    {
        string[] parts = block.Split("\n\n", 2);
        return (parts[0].Split('\n'), parts.Length > 1 ? parts[1] : "");
    }

    private static IEnumerable<string> Names() =>
        Settings().Select(static line => line.Split(':')[1]).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Settings() => Blocks("settings").SelectMany(static block => block.Split('\n'));

    private static IEnumerable<string> Blocks(string language) => Block()
        .Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Of(), "src/H2H.Throttle.Server/Dialers/README.md")))
        .Where(match => match.Groups[1].Value == language)
        .Select(static match => match.Groups[2].Value.Trim());

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>A server with the README's settings.</summary>
    public sealed class ReadmeServer() : GuardedServer([.. Settings()])
    {
        protected override IEnumerable<string> SettingsWith(TemporaryStore files) =>
        [
            .. base.SettingsWith(files),
            $"--Server:FirstPolicyPath={files.Write("dialers.yaml", DialerServer.Policy)}",
        ];
    }
}
