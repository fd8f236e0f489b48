using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests.Health;

/// <summary>A container that has nothing but the server can ask the server whether it is ready.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_server_that_decides_is_ready_and_one_that_is_gone_is_not()
    {
        using ServerProcess server = await ServerProcess.StartAsync(store.Path);
        Assert.Equal((0, ""), await server.ProbeAsync());

        await server.KillAsync();

        (int exit, string complaint) = await server.ProbeAsync();
        Assert.Equal(1, exit);
        Assert.Contains("/readyz does not answer", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_its_store_is_not_ready()
    {
        using ServerProcess server = await ServerProcess.StartAsync(
            store.Path, "--Server:Store=redis", "--Redis:Configuration=127.0.0.1:1", "--Redis:ConnectTimeoutMs=100");

        (int exit, string complaint) = await server.ProbeAsync();

        Assert.Equal(1, exit);
        Assert.Contains("answers 503", complaint, StringComparison.Ordinal);
    }
}
