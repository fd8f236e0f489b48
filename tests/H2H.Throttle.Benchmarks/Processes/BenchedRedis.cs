using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>A <c>redis-server</c> whose append-only file is synced each second, in a folder of its own.</summary>
internal sealed class BenchedRedis : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2h-bench-redis-").FullName;
    private readonly Process process;

    public BenchedRedis()
    {
        Port = FreePort();
        process = Process.Start(new ProcessStartInfo(
            "redis-server",
            [
                "--port", PortText, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes",
                "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        while (process.StandardOutput.ReadLine()?.Contains("Ready to accept", StringComparison.Ordinal) == false)
        {
        }

        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);   // what nobody reads would stop it
    }

    public int Port { get; }

    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    public string Address => $"127.0.0.1:{PortText}";

    public string IdentityKeyPath => Path.Combine(folder, "identity.key");

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What <c>redis-cli</c> answers, without the line's end.</summary>
    public async Task<string> AskAsync(params string[] command) =>
        (await Tool.RunAsync("redis-cli", ["-p", PortText, .. command])).TrimEnd();

    /// <summary>How often each command ran, and how long Redis took for all of that.</summary>
    public async Task<RedisStatistics> StatisticsAsync() =>
        RedisStatistics.Read(await AskAsync("INFO", "commandstats"));

    /// <summary>How many bytes its data takes.</summary>
    public async Task<long> MemoryBytesAsync()
    {
        string line = (await AskAsync("INFO", "memory"))
            .Split('\n').First(static line => line.StartsWith("used_memory:", StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>How many keys it has.</summary>
    public async Task<long> KeysAsync() => long.Parse(await AskAsync("DBSIZE"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
