using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Policies;

public sealed class SchemaCommandTests
{
    [Fact]
    public async Task Schemas_are_printed_to_the_byte_without_a_server_and_are_those_that_the_server_serves()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using HttpClient http = new();
        string sources = Path.Combine(BuiltProgram.Root, "src", "H2H.Throttle.Engine", "Policies");

        Ended policy = await CommandLine.RunAsync("policy", "schema");
        Ended scenario = await CommandLine.RunAsync("policy", "schema", "--scenario");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using HttpResponseMessage served = await http.GetAsync(
            new Uri($"http://{server.HttpAddress}/policy.schema.json"), cancellation);
        string servedScenario = await http.GetStringAsync(
            new Uri($"http://{server.HttpAddress}/scenario.schema.json"), cancellation);

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(sources, "policy.schema.json"), cancellation),
            policy.With(0).Output);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(sources, "Scenarios", "scenario.schema.json"), cancellation),
            scenario.With(0).Output);
        Assert.Equal("application/schema+json", served.Content.Headers.ContentType!.MediaType);
        Assert.Equal(policy.Output, await served.Content.ReadAsStringAsync(cancellation));
        Assert.Equal(scenario.Output, servedScenario);
    }
}
