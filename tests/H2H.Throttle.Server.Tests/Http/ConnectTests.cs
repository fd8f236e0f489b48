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
public sealed class ConnectTests(ReplayServer server) : IClassFixture<ReplayServer>
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
                ThrottleService.Descriptor, ConsentService.Descriptor, PersonService.Descriptor,
                PolicyService.Descriptor, Grpc.Health.V1.Health.Descriptor,
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
        using HttpResponseMessage response = await server.PostAsync($"/{service}/{call}", "{}");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            (string code, ErrorInfo info) = await response.ReadErrorAsync();
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(code, (string[])["invalid_argument", "failed_precondition"]);
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

        using HttpResponseMessage json = await server.PostAsync(ReservePath, JsonFormatter.Default.Format(request));
        using HttpResponseMessage proto = await server.PostAsync(
            ReservePath, request.ToByteArray(), "application/proto");

        Assert.Equal(Verdict.Deny, expected.Decision.Verdict);
        string text = await json.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(expected, ReserveResponse.Parser.ParseJson(text));
        Assert.Equal("application/proto", proto.Content.Headers.ContentType!.MediaType);
        byte[] bytes = await proto.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(expected, ReserveResponse.Parser.ParseFrom(bytes));
    }

    [Theory]
    [InlineData("""{"contact":{"personId":"ann","channel":"email","purpose":"marketing","plannedAt":null}}""")]
    [InlineData("""{"contact":{"person_id":"ann","channel":"email","purpose":"marketing"}}""")]
    public async Task Fields_may_be_named_as_in_JSON_or_as_in_the_proto(string body)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/h2h.throttle.v1.ThrottleService/check", "Did you mean /h2h.throttle.v1.ThrottleService/Check?")]
    [InlineData("/h2h.throttle.v1.ThrottleService/Chck", "Did you mean /h2h.throttle.v1.ThrottleService/Check?")]
    [InlineData("/grpc.health.v1.Health/Chekc", "Did you mean /grpc.health.v1.Health/Check?")]
    [InlineData("/OptOt", "Did you mean /h2h.throttle.v1.ConsentService/OptOut?")]
    [InlineData("/h2h.throttle.v1.ThrottleService/Dance", "GET /openapi.json lists them")]
    [InlineData("/Check", "Did you mean")]
    [InlineData("/", "no such call")]
    [InlineData("/grpc.health.v1.Health/Watch", "no such call")]
    public async Task What_is_no_unary_call_is_404_with_a_hint(string path, string hint)
    {
        using HttpResponseMessage response = await server.PostAsync(path, "{}");

        JsonElement error = await response.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unimplemented", error.GetProperty("code").GetString());
        Assert.Contains(hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anything_but_POST_is_405()
    {
        using HttpResponseMessage response = await server.Http.GetAsync(
            new Uri(CheckPath, UriKind.Relative), Cancellation);

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
        using HttpResponseMessage response = await server.PostAsync(CheckPath, "{}"u8.ToArray(), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/json, application/proto", Assert.Single(response.Headers.GetValues("Accept-Post")));
        Assert.Contains(
            "Content-Type: application/json",
            (await response.ReadJsonAsync()).GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_in_utf8_may_say_so()
    {
        using HttpResponseMessage response = await server.PostAsync(
            CheckPath, Encoding.UTF8.GetBytes(CheckJson()), "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        string body = $$"""{"document":"{{new string('#', 4 * 1024 * 1024)}}"}""";

        using HttpResponseMessage response = await server.PostAsync(
            "/h2h.throttle.v1.PolicyService/ValidatePolicy", body);

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal(("resource_exhausted", "BODY_TOO_LARGE"), (code, info.Reason));
    }

    [Theory]
    [InlineData("Connect-Protocol-Version", "2")]
    [InlineData("Connect-Timeout-Ms", "soon")]
    [InlineData("Connect-Timeout-Ms", "-1")]
    [InlineData("Connect-Timeout-Ms", "12345678901")]
    public async Task A_header_that_makes_no_sense_is_refused(string header, string value)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, CheckJson(), (header, value));

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal(("invalid_argument", header), (code, info.Metadata["field"]));
    }

    [Theory]
    [InlineData("Connect-Protocol-Version", "1")]
    [InlineData("Connect-Timeout-Ms", "60000")]
    [InlineData("Connect-Timeout-Ms", "9999999999")]
    public async Task A_header_of_the_protocol_is_understood(string header, string value)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, CheckJson(), (header, value));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("throttle.example.com")]
    [InlineData("192.0.2.1:7002")]
    public async Task A_host_that_is_not_this_machine_is_refused(string host)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, CheckJson(), ("Host", host));

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(("permission_denied", "HOST_NOT_ALLOWED"), (code, info.Reason));
    }

    [Theory]
    [InlineData("localhost:7002")]
    [InlineData("[::1]:7002")]
    [InlineData("127.0.0.1")]
    public async Task This_machine_may_be_called_by_any_name_of_its_loopback(string host)
    {
        using HttpResponseMessage response = await server.PostAsync(CheckPath, CheckJson(), ("Host", host));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_without_any_time_is_told_that_its_deadline_passed()
    {
        using HttpResponseMessage response = await server.PostAsync(
            CheckPath, CheckJson(), ("Connect-Timeout-Ms", "0"));

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
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

        Assert.Equal("unimplemented", (await response.ReadErrorAsync()).Code);
    }

    [Theory]
    [InlineData("""{"reservationId":"none"}""", HttpStatusCode.NotFound, "not_found", "RESERVATION_UNKNOWN")]
    [InlineData("{}", HttpStatusCode.BadRequest, "invalid_argument", "ID_EMPTY")]
    public async Task A_refusal_has_the_status_and_code_of_the_protocol(
        string body, HttpStatusCode status, string expectedCode, string reason)
    {
        using HttpResponseMessage response = await server.PostAsync("/h2h.throttle.v1.ThrottleService/Confirm", body);

        (string code, ErrorInfo info) = await response.ReadErrorAsync();
        Assert.Equal((status, expectedCode, reason), (response.StatusCode, code, info.Reason));
    }

    private string CheckJson() => JsonFormatter.Default.Format(new CheckRequest { Contact = Contact(person) });
}
