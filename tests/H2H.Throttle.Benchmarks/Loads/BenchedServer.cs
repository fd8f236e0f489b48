using System.Diagnostics;
using System.Text.RegularExpressions;

namespace H2H.Throttle.Benchmarks.Loads;

/// <summary>The built server in a process of its own, on free ports and an empty store that goes with it.</summary>
internal sealed partial class BenchedServer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2h-bench-").FullName;
    private readonly Process process;

    /// <param name="policy">The document to start with.</param>
    /// <param name="settings">As on the server's command line.</param>
    public BenchedServer(string policy, params string[] settings)
    {
        string document = Path.Combine(folder, "policy.yaml");
        File.WriteAllText(document, policy);
        string[] arguments =
        [
            Dll, "--Server:GrpcPort=0", "--Server:HttpPort=0", $"--Sqlite:Path={Path.Combine(folder, "bench.db")}",
            $"--Server:FirstPolicyPath={document}", .. settings,
        ];
        process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        Address = ReadAddress(process.StandardOutput);
    }

    public Uri Address { get; }

    /// <summary>How much memory it takes now.</summary>
    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>How much processor time it has had.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Dll => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "H2H.Throttle.Server",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "H2H.Throttle.Server.dll"));

    private static Uri ReadAddress(StreamReader greeting)
    {
        while (greeting.ReadLine() is { } line)
        {
            if (Grpc().Match(line) is { Success: true } match)
            {
                return new Uri($"http://{match.Groups[1].Value}");
            }
        }

        throw new InvalidOperationException("The server ended before it took calls.");
    }

    [GeneratedRegex(@"^\s*gRPC\s+(\S+:\d+)")]
    private static partial Regex Grpc();
}
