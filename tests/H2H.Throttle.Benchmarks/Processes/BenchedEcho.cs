namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>The bare gRPC service, with a file that goes with it.</summary>
internal sealed class BenchedEcho : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2h-bench-echo-").FullName;

    /// <param name="redis">Where it goes for calls that need one.</param>
    public BenchedEcho(BenchedRedis redis) => Process = new GrpcProcess(
        "H2H.Throttle.Benchmarks", "echo", redis.Address, Path.Combine(folder, "synced"));

    public GrpcProcess Process { get; }

    public void Dispose()
    {
        Process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
