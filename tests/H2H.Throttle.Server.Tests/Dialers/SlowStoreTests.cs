using System.Net;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Server.Tests.Dialers;

/// <summary>A dialer has its answer in time whatever the store does.</summary>
public sealed class SlowStoreTests
{
    private const int HangMs = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task A_store_that_hangs_is_a_no_unless_the_purpose_is_open_and_the_record_has_its_answer_later()
    {
        using TemporaryStore folder = new();
        await using RedisServer redis = await RedisServer.StartAsync();
        using ServerProcess server = await ServerProcess.StartAsync(
            folder.Path,
            "--Server:Store=redis",
            $"--Redis:Configuration={redis.Address}",
            "--Redis:StoreTimeoutMs=60000",
            $"--Server:FirstPolicyPath={folder.Write("policy.yaml", DialerServer.Policy)}",
            "--Dialers:slow:DeadlineMs=300",
            "--Dialers:slow:OpenFor=service, debt",
            "--Dialers:slow:Fields:person_id=lead",
            "--Dialers:slow:Fields:record_id=call",
            "--Dialers:slow:Fields:purpose=purpose",
            "--Dialers:slow:Constants:purpose=marketing");
        using HttpClient http = new() { BaseAddress = server.HttpAddress };
        string person = Sample.NewPerson();
        Assert.True((await DecidedAsync(http, person, "1")).GetProperty("dial").GetBoolean());

        redis.Freeze();
        using HttpResponseMessage closed = await AskAsync(http, person, "2", "marketing");
        using HttpResponseMessage open = await AskAsync(http, person, "3", "debt");
        redis.Thaw();
        JsonElement later = await DecidedAsync(http, person, "2");

        JsonElement no = await closed.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
        Assert.Equal("NO_DECISION", no.GetProperty("reason").GetString());
        Assert.StartsWith("No decision in time.", no.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(no.GetProperty("decided").GetBoolean());
        Assert.Equal("1", Assert.Single(closed.Headers.GetValues("Retry-After")));
        JsonElement yes = await open.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.True(yes.GetProperty("dial").GetBoolean());
        Assert.False(yes.GetProperty("decided").GetBoolean());
        Assert.Equal("CAP_REACHED", later.GetProperty("reason").GetString());
    }

    // However slow this machine is, asking again about the same record has an answer some time.
    private static async Task<JsonElement> DecidedAsync(HttpClient http, string person, string call)
    {
        while (true)
        {
            using HttpResponseMessage response = await AskAsync(http, person, call, "marketing");
            JsonElement answer = await response.ReadJsonAsync();
            if (answer.GetProperty("decided").GetBoolean())
            {
                return answer;
            }
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(
        HttpClient http, string person, string call, string purpose)
    {
        using StringContent record = new(
            $$"""{"lead":"{{person}}","call":"{{call}}","purpose":"{{purpose}}"}""", Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri("/dialer/slow", UriKind.Relative), record, Cancellation);
    }
}
