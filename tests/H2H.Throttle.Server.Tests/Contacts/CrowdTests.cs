using System.Net;
using System.Text;
using Google.Protobuf;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

/// <summary>Many callers at once for one person.</summary>
public sealed class CrowdTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private const int Callers = 1000;
    private const int Connections = 8;

    private readonly string person = NewPerson();

    [Fact]
    public async Task A_thousand_reserves_at_once_admit_exactly_the_cap()
    {
        GrpcChannel[] channels = [.. Enumerable.Range(0, Connections).Select(_ => server.Connect())];

        ReserveResponse[] answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async i =>
            await new ThrottleService.ThrottleServiceClient(channels[i % Connections])
                .ReserveAsync(Reserve(person, At(9)), TestServer.Call)));

        Assert.Equal(TestPolicy.Cap, answers.Count(static answer => answer.Decision.Verdict is Verdict.Allow));
        Assert.Equal(TestPolicy.Cap, (await ContactsAsync()).Count);
        Array.ForEach(channels, static channel => channel.Dispose());
    }

    [Fact]
    public async Task It_does_not_matter_by_which_protocol_they_ask()
    {
        Task<Verdict>[] asked =
        [
            .. Enumerable.Range(0, Callers / 2).Select(_ => ByGrpcAsync()),
            .. Enumerable.Range(0, Callers / 2).Select(_ => ByHttpAsync()),
        ];

        Verdict[] verdicts = await Task.WhenAll(asked);

        Assert.Equal(TestPolicy.Cap, verdicts.Count(static verdict => verdict is Verdict.Allow));
        Assert.Equal(TestPolicy.Cap, (await ContactsAsync()).Count);
    }

    [Fact]
    public async Task One_request_sent_many_times_at_once_gets_one_answer_and_one_slot()
    {
        ReserveRequest request = Reserve(person, At(9));
        request.RequestId = NewRequest();

        ReserveResponse[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
            await server.Throttle.ReserveAsync(request, TestServer.Call)));

        Assert.Single(answers.Distinct());
        Assert.Single(await ContactsAsync());
    }

    private async Task<Verdict> ByGrpcAsync() =>
        (await server.Throttle.ReserveAsync(Reserve(person, At(9)), TestServer.Call)).Decision.Verdict;

    private async Task<Verdict> ByHttpAsync()
    {
        using StringContent body = new(
            JsonFormatter.Default.Format(Reserve(person, At(9))), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await server.Http.PostAsync(
            new Uri("/h2h.throttle.v1.ThrottleService/Reserve", UriKind.Relative),
            body,
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string json = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ReserveResponse.Parser.ParseJson(json).Decision.Verdict;
    }

    private async Task<IReadOnlyList<LedgerContact>> ContactsAsync() => (await server.People.ListContactsAsync(
        new() { PersonId = person, At = At(9) }, TestServer.Call)).Contacts;
}
