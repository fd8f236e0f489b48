using System.Net;
using System.Text.Json;
using Google.Rpc;
using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests.Http;

/// <summary>Bodies that are not what the call takes: the field is named, its value never repeated.</summary>
public sealed class RequestJsonTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private const string CheckPath = "/h2h.throttle.v1.ThrottleService/Check";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"contact":{"persnId":"secret"}}""", "contact.persnId")]
    [InlineData("""{"contct":{}}""", "contct")]
    [InlineData("""{"contact":{"channel":["secret"]}}""", "contact.channel")]
    [InlineData("""{"contact":{"weight":"secret"}}""", "contact.weight")]
    [InlineData("""{"contact":{"weight":99999999999}}""", "contact.weight")]
    [InlineData("""{"contact":{"direction":"secret"}}""", "contact.direction")]
    [InlineData("""{"contact":{"plannedAt":"secret"}}""", "contact.planned_at")]
    [InlineData("""{"contact":{"subjects":["a",["secret"]]}}""", "contact.subjects")]
    [InlineData("""{"contact":{"labels":{"a":["secret"]}}}""", "contact.labels")]
    [InlineData("""{"contact":"secret"}""", "contact")]
    [InlineData("""["secret"]""", "")]
    [InlineData("""{"contact":{"channel":"secret""", "")]
    [InlineData("secret", "")]
    [InlineData("""{"\ud800":"secret"}""", "")]
    [InlineData("""{"contact":{"\udc00":"secret"}}""", "")]
    public async Task A_body_that_is_not_the_request_is_refused_with_the_field_and_without_its_value(
        string body, string field)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, body);

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_argument"), (response.StatusCode, code));
        Assert.Equal("BODY_MALFORMED", info.Reason);
        Assert.Equal(field, info.Metadata.GetValueOrDefault("field", ""));
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"contact":{"persnId":"secret"}}""", "Did you mean personId?")]
    [InlineData("""{"contact":{"secret":"x"}}""", "It has personId, channel, purpose")]
    [InlineData("{\n  'contact': {}}", "line 2, byte 3. Texts and names stand in double quotes.")]
    [InlineData("""{"contact":{},}""", "line 1, byte 15. Is there a comma too many before it?")]
    [InlineData("{\"contact\":{}\n\"at\":null}", "line 2, byte 1. Is a comma missing before it?")]
    [InlineData("""{"contact":{""", "It ends too early.")]
    public async Task The_mend_is_told(string body, string mend)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, body);

        string? message = (await response.ReadJsonAsync()).GetProperty("message").GetString();
        Assert.Contains(mend, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named_at_once()
    {
        using HttpResponseMessage response = await server.PostAsync(
            "/h2h.throttle.v1.PersonService/UpdatePerson",
            """{"person":{"limits":[{"cap":1},{"cap":"x","windw":"y"}],"zon":""},"at":7}""");

        JsonElement error = await response.ReadJsonAsync();
        IEnumerable<string?> fields = error.GetProperty("details")[1].GetProperty("debug")
            .GetProperty("fieldViolations").EnumerateArray().Select(static one => one.GetProperty("field").GetString());
        Assert.Equal(["person.limits[1].cap", "person.limits[1].windw", "person.zon", "at"], fields);
    }

    [Fact]
    public async Task Thousands_of_faults_get_an_answer_that_every_client_takes()
    {
        IEnumerable<string> fields = Enumerable.Range(0, 50_000).Select(static i => $"\"unknown{i}\":1");
        string body = "{" + string.Join(',', fields) + "}";

        using HttpResponseMessage response = await server.PostAsync(CheckPath, body);

        JsonElement error = await response.ReadJsonAsync();
        Assert.EndsWith(
            "more in the details; others are not named.)", error.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        int named = error.GetProperty("details")[1].GetProperty("debug")
            .GetProperty("fieldViolations").GetArrayLength();
        Assert.InRange(named, 10, 100);
        Assert.InRange((await response.Content.ReadAsByteArrayAsync(Cancellation)).Length, 1000, 16 * 1024);
    }

    [Fact]
    public async Task The_name_of_an_unknown_field_is_told_as_far_as_it_is_read()
    {
        string start = new('a', 79);

        using HttpResponseMessage response = await server.PostAsync(
            CheckPath, "{\"contact\":{\"" + start + "😀" + new string('a', 1_000_000) + "\":1}}");

        (_, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal($"contact.{start}…", info.Metadata["field"]);
        Assert.InRange((await response.Content.ReadAsByteArrayAsync(Cancellation)).Length, 100, 8 * 1024);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused_lest_two_ids_become_one()
    {
        byte[] body = [.. """{"contact":{"personId":"a"""u8, 0xFF, .. "\"}}"u8];
        using HttpResponseMessage response = await server.PostAsync(CheckPath, body, "application/json");

        (string code, ErrorInfo info) = await response.ReadErrorAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_argument"), (response.StatusCode, code));
        Assert.Equal("BODY_MALFORMED", info.Reason);
    }

    [Fact]
    public async Task An_unknown_body_of_protobuf_is_refused()
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, [0x0a, 0xff], "application/proto");

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal(("invalid_argument", "BODY_MALFORMED"), (code, info.Reason));
    }
}
