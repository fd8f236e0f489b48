using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Telemetry;

/// <summary>Calls of one day of which it is known what must be told of them.</summary>
internal static class ScriptedDay
{
    /// <summary>Part of every id; nothing that is told may carry it.</summary>
    public const string Secret = "hush7f3c";

    /// <summary>An address; nothing that is told may carry it.</summary>
    public const string Phone = "390551234567";

    public const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    public const string CallerSpanId = "b7ad6b7169203331";

    public const string Policy = """
        policy: day
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        rules:
          - { name: three-a-day, cap: 3, in: rolling 24h }
          - { name: nights, when: { channel: phone }, quiet: { daily: "20:00-08:00" } }
          - { name: sms-trial, when: { channel: sms }, quiet: { daily: "08:00-20:00" }, effect: observe }
        """;

    private const string Ada = $"ada-{Secret}";
    private const string Bob = $"bob-{Secret}";
    private const string Cat = $"cat-{Secret}";

    public static async Task LiveAsync(ServerProcess server)
    {
        using GrpcChannel channel = server.Connect();
        ThrottleService.ThrottleServiceClient throttle = new(channel);
        await AdaAsync(throttle, new ConsentService.ConsentServiceClient(channel));
        await BobAsync(throttle);
        await CheckByHttpAsync(server);
        await ReadPagesAsync(server);
        await ImportAsync(new ConsentService.ConsentServiceClient(channel));

        await throttle.CheckAsync(
            new() { Contact = Sample.Contact(Cat, "phone"), At = Sample.At(22) }, TestServer.Call);
        for (int i = 0; i < 2; i++)
        {
            await Refusal.OfAsync(throttle.ReserveAsync(Sample.Reserve(Cat, Sample.At(22), "fax"), TestServer.Call));
        }
    }

    /// <summary>Three reserved, a fourth denied twice; one made, one given back, one revoked by her opt-out.</summary>
    private static async Task AdaAsync(
        ThrottleService.ThrottleServiceClient throttle, ConsentService.ConsentServiceClient consent)
    {
        List<string> reserved = [];
        for (int i = 0; i < 3; i++)
        {
            ReserveResponse answer = await throttle.ReserveAsync(
                Sample.Reserve(Ada, Sample.At(10)), TestServer.Call);
            reserved.Add(answer.Reservation.ReservationId);
        }

        await throttle.ReserveAsync(Sample.Reserve(Ada, Sample.At(10)), TestServer.Call);
        await throttle.CheckAsync(new() { Contact = Sample.Contact(Ada), At = Sample.At(10) }, TestServer.Call);
        await throttle.ConfirmAsync(new() { ReservationId = reserved[0], At = Sample.At(10) }, TestServer.Call);
        await throttle.ReleaseAsync(new() { ReservationId = reserved[1], At = Sample.At(10) }, TestServer.Call);
        await consent.OptOutAsync(new() { PersonId = Ada, At = Sample.At(10) }, TestServer.Call);
        await throttle.ReserveAsync(Sample.Reserve(Ada, Sample.At(10)), TestServer.Call);
        await throttle.RecordAsync(Sample.Record(Ada, Sample.At(10)), TestServer.Call);
    }

    /// <summary>Asked three times and counted once; confirmed when it was too late.</summary>
    private static async Task BobAsync(ThrottleService.ThrottleServiceClient throttle)
    {
        ReserveRequest request = Sample.Reserve(Bob, Sample.At(10));
        request.RequestId = $"request-{Secret}";
        ReserveResponse answer = await throttle.ReserveAsync(request, TestServer.Call);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(answer, await throttle.ReserveAsync(request, TestServer.Call));
        }

        await throttle.ConfirmAsync(
            new() { ReservationId = answer.Reservation.ReservationId, At = Sample.At(12) }, TestServer.Call);
    }

    private static async Task CheckByHttpAsync(ServerProcess server)
    {
        using HttpClient http = new() { BaseAddress = server.HttpAddress };
        using HttpRequestMessage request = new(HttpMethod.Post, "/h2h.throttle.v1.ThrottleService/Check")
        {
            Content = new StringContent(
                $$$"""
                {"contact":{"personId":"{{{Cat}}}","channel":"sms","purpose":"marketing"},"at":"2026-03-02T10:00:00Z"}
                """,
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("traceparent", $"00-{TraceId}-{CallerSpanId}-01");
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What machines fetch, and what nobody serves.</summary>
    private static async Task ReadPagesAsync(ServerProcess server)
    {
        using HttpClient http = new() { BaseAddress = server.HttpAddress };
        foreach (string page in (string[])["/livez", "/readyz", $"/nothing/{Secret}?token={Secret}"])
        {
            using HttpResponseMessage answer = await http.GetAsync(
                new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
        }
    }

    private static async Task ImportAsync(ConsentService.ConsentServiceClient consent)
    {
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            consent.ImportSuppressions(TestServer.Call);
        SuppressionLines lines = new() { First = 1 };
        lines.Lines.Add($"+{Phone}");
        await call.RequestStream.WriteAsync(
            new() { Import = new() { List = "dnc", AsOf = Sample.At(1), At = Sample.At(10) } },
            TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new() { Lines = lines }, TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(
            new() { End = new() { Lines = 1 } }, TestContext.Current.CancellationToken);
        await call;
    }
}
