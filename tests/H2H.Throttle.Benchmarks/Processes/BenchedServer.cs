namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>The built server, on an empty store that goes with it unless another is named.</summary>
internal sealed class BenchedServer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2h-bench-").FullName;

    /// <param name="policy">The document to start with.</param>
    /// <param name="settings">As on the server's command line.</param>
    public BenchedServer(string policy, params string[] settings)
    {
        string document = Path.Combine(folder, "policy.yaml");
        File.WriteAllText(document, policy);
        Process = new GrpcProcess(
            "H2H.Throttle.Server",
            [
                "--Server:GrpcPort=0", "--Server:HttpPort=0", $"--Sqlite:Path={StorePath}",
                $"--Server:FirstPolicyPath={document}", .. settings,
            ]);
    }

    public GrpcProcess Process { get; }

    public Uri Address => Process.Address;

    /// <summary>Of the embedded store, whether or not it is used.</summary>
    public string StorePath => Path.Combine(folder, "bench.db");

    /// <summary>How large the embedded store is, its log included.</summary>
    public long StoreBytes => Directory.GetFiles(folder, "bench.db*").Sum(static file => new FileInfo(file).Length);

    /// <summary>A server over Redis; those of one Redis share the key by which people are known.</summary>
    public static BenchedServer Over(BenchedRedis redis, string policy, params string[] settings) => new(
        policy,
        [
            "--Server:Store=redis", $"--Redis:Configuration={redis.Address}", "--Redis:StoreTimeoutMs=5000",
            $"--Server:IdentityKeyPath={redis.IdentityKeyPath}", .. settings,
        ]);

    public void Dispose()
    {
        Process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
