using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Http;

/// <summary>The Connect protocol, as curl, browsers and Connect's own clients speak it.</summary>
public sealed class ConnectTests(TestServer server) : IClassFixture<TestServer>
{
    private const string CheckPath = "/h2h.throttle.v1.ThrottleService/Check";
    private const string ReservePath = "/h2h.throttle.v1.ThrottleService/Reserve";

    private readonly string person = NewPerson();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> UnaryCalls
    {
        get
        {
            TheoryData<string, string> calls = [];
            ServiceDescriptor[] services =
            [
                ThrottleService.Descriptor, ConsentService.Descriptor, PersonService.Descriptor, PolicyService.Descriptor,
                Grpc.Health.V1.Health.Descriptor,
            ];
            foreach (MethodDescriptor call in services.SelectMany(static service => service.Methods))
            {
                if (!call.IsClientStreaming && !call.IsServerStreaming)
                {
                    calls.Add(call.Service.FullName, call.Name);
                }
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(UnaryCalls))]
    public async Task Every_unary_call_is_answered_or_refused_with_a_reason(string service, string call)
    {
        using HttpResponseMessage response = await PostAsync($"/{service}/{call}", "{}");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            (string code, ErrorInfo info) = await ReadErrorAsync(response);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_argument"), (response.StatusCode, code));
            Assert.NotEmpty(info.Reason);
            Assert.NotEmpty(info.Metadata["field"]);
        }
    }

    [Fact]
    public async Task The_answer_is_the_one_that_gRPC_gives()
    {
        for (int i = 0; i < TestPolicy.Cap; i++)
        {
            await server.Throttle.ReserveAsync(Reserve(person, At(9)), TestServer.Call);
        }

        ReserveRequest request = Reserve(person, At(10));
        request.RequestId = NewRequest();
        ReserveResponse expected = await server.Throttle.ReserveAsync(request, TestServer.Call);

        using HttpResponseMessage json = await PostAsync(ReservePath, JsonFormatter.Default.Format(request));
        using HttpResponseMessage proto = await PostAsync(ReservePath, request.ToByteArray(), "application/proto");

        Assert.Equal(Verdict.Deny, expected.Decision.Verdict);
        Assert.Equal(expected, ReserveResponse.Parser.ParseJson(await json.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal("application/proto", proto.Content.Headers.ContentType!.MediaType);
        Assert.Equal(expected, ReserveResponse.Parser.ParseFrom(await proto.Content.ReadAsByteArrayAsync(Cancellation)));
    }

    [Theory]
    [InlineData("""{"contact":{"personId":"ann","channel":"email","purpose":"marketing","plannedAt":null}}""")]
    [InlineData("""{"contact":{"person_id":"ann","channel":"email","purpose":"marketing"}}""")]
    public async Task Fields_may_be_named_as_in_JSON_or_as_in_the_proto(string body)
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

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
    public async Task A_body_that_is_not_the_request_is_refused_with_the_field_and_without_its_value(
        string body, string field)
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, body);

        (string code, ErrorInfo info) = await ReadErrorAsync(response);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_argument"), (response.StatusCode, code));
        Assert.Equal("BODY_MALFORMED", info.Reason);
        Assert.Equal(field, info.Metadata.GetValueOrDefault("field", ""));
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named_at_once()
    {
        using HttpResponseMessage response = await PostAsync(
            "/h2h.throttle.v1.PersonService/UpdatePerson",
            """{"person":{"limits":[{"cap":1},{"cap":"x","windw":"y"}],"zon":""},"at":7}""");

        JsonElement error = await ReadJsonAsync(response);
        IEnumerable<string?> fields = error.GetProperty("details")[1].GetProperty("debug")
            .GetProperty("fieldViolations").EnumerateArray().Select(static one => one.GetProperty("field").GetString());
        Assert.Equal(["person.limits[1].cap", "person.limits[1].windw", "person.zon", "at"], fields);
    }

    [Fact]
    public async Task An_unknown_body_of_protobuf_is_refused()
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, [0x0a, 0xff], "application/proto");

        (string code, ErrorInfo info) = await ReadErrorAsync(response);
        Assert.Equal(("invalid_argument", "BODY_MALFORMED"), (code, info.Reason));
    }

    [Theory]
    [InlineData("/h2h.throttle.v1.ThrottleService/check", "Did you mean /h2h.throttle.v1.ThrottleService/Check?")]
    [InlineData("/h2h.throttle.v1.ThrottleService/Chck", "no such call")]
    [InlineData("/Check", "Did you mean")]
    [InlineData("/", "no such call")]
    [InlineData("/grpc.health.v1.Health/Watch", "no such call")]
    public async Task What_is_no_unary_call_is_404_with_a_hint(string path, string hint)
    {
        using HttpResponseMessage response = await PostAsync(path, "{}");

        JsonElement error = await ReadJsonAsync(response);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unimplemented", error.GetProperty("code").GetString());
        Assert.Contains(hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anything_but_POST_is_405()
    {
        using HttpResponseMessage response = await server.Http.GetAsync(new Uri(CheckPath, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/connect+json")]
    [InlineData("application/json; charset=latin1")]
    public async Task Any_other_content_is_415_and_says_what_to_send(string? type)
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, "{}"u8.ToArray(), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/json, application/proto", Assert.Single(response.Headers.GetValues("Accept-Post")));
        Assert.Contains(
            "Content-Type: application/json",
            (await ReadJsonAsync(response)).GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_in_utf8_may_say_so()
    {
        using HttpResponseMessage response = await PostAsync(
            CheckPath, Encoding.UTF8.GetBytes(CheckJson()), "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        string body = $$"""{"document":"{{new string('#', 4 * 1024 * 1024)}}"}""";

        using HttpResponseMessage response = await PostAsync("/h2h.throttle.v1.PolicyService/ValidatePolicy", body);

        (string code, ErrorInfo info) = await ReadErrorAsync(response);
        Assert.Equal(("resource_exhausted", "BODY_TOO_LARGE"), (code, info.Reason));
    }

    [Theory]
    [InlineData("Connect-Protocol-Version", "2")]
    [InlineData("Connect-Timeout-Ms", "soon")]
    [InlineData("Connect-Timeout-Ms", "-1")]
    [InlineData("Connect-Timeout-Ms", "12345678901")]
    public async Task A_header_that_makes_no_sense_is_refused(string header, string value)
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, CheckJson(), (header, value));

        (string code, ErrorInfo info) = await ReadErrorAsync(response);
        Assert.Equal(("invalid_argument", header), (code, info.Metadata["field"]));
    }

    [Theory]
    [InlineData("Connect-Protocol-Version", "1")]
    [InlineData("Connect-Timeout-Ms", "60000")]
    [InlineData("Connect-Timeout-Ms", "9999999999")]
    public async Task A_header_of_the_protocol_is_understood(string header, string value)
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, CheckJson(), (header, value));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_without_any_time_is_told_that_its_deadline_passed()
    {
        using HttpResponseMessage response = await PostAsync(CheckPath, CheckJson(), ("Connect-Timeout-Ms", "0"));

        (string code, ErrorInfo info) = await ReadErrorAsync(response);
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal(("deadline_exceeded", "DEADLINE_PASSED"), (code, info.Reason));
    }

    [Fact]
    public async Task A_compressed_body_is_refused_as_unimplemented()
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(CheckJson()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        content.Headers.ContentEncoding.Add("br");

        using HttpResponseMessage response = await server.Http.PostAsync(
            new Uri(CheckPath, UriKind.Relative), content, Cancellation);

        Assert.Equal("unimplemented", (await ReadErrorAsync(response)).Code);
    }

    [Theory]
    [InlineData("""{"reservationId":"none"}""", HttpStatusCode.NotFound, "not_found", "RESERVATION_UNKNOWN")]
    [InlineData("{}", HttpStatusCode.BadRequest, "invalid_argument", "ID_EMPTY")]
    public async Task A_refusal_has_the_status_and_code_of_the_protocol(
        string body, HttpStatusCode status, string expectedCode, string reason)
    {
        using HttpResponseMessage response = await PostAsync("/h2h.throttle.v1.ThrottleService/Confirm", body);

        (string code, ErrorInfo info) = await ReadErrorAsync(response);
        Assert.Equal((status, expectedCode, reason), (response.StatusCode, code, info.Reason));
    }

    private string CheckJson() => JsonFormatter.Default.Format(new CheckRequest { Contact = Contact(person) });

    private Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), "application/json", headers);

    private async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string? type, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await server.Http.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return document.RootElement.Clone();
    }

    private static async Task<(string Code, ErrorInfo Info)> ReadErrorAsync(HttpResponseMessage response)
    {
        JsonElement error = await ReadJsonAsync(response);
        JsonElement detail = error.GetProperty("details")[0];
        Assert.Equal("google.rpc.ErrorInfo", detail.GetProperty("type").GetString());
        string value = detail.GetProperty("value").GetString()!;
        ErrorInfo info = ErrorInfo.Parser.ParseFrom(
            Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '=')));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        return (error.GetProperty("code").GetString()!, info);
    }
}
