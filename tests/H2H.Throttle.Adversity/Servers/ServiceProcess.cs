using System.Diagnostics;
using System.Globalization;
using System.Text;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>The server as it is built, in a process of its own that can be killed and started again.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string ReadyLine = "Ctrl+C";
    private const string StoreName = "store.db";

    private readonly TemporaryFolder? owned;
    private readonly string[] arguments;
    private Process? process;

    private ServiceProcess(TemporaryFolder? owned, string[] arguments, int port, int httpPort) =>
        (this.owned, this.arguments, Address, HttpAddress) = (
            owned, arguments, new Uri($"http://127.0.0.1:{port}"), new Uri($"http://127.0.0.1:{httpPort}"));

    /// <summary>Of gRPC; the same after a restart.</summary>
    public Uri Address { get; }

    /// <summary>Of JSON; the same after a restart.</summary>
    public Uri HttpAddress { get; }

    /// <summary>The file of its embedded store; it has none on Redis.</summary>
    public string StorePath => owned?.File(StoreName) ?? throw new InvalidOperationException("It is on Redis.");

    /// <summary>The most memory that it has ever held, in bytes.</summary>
    public long MemoryBytesMost
    {
        get
        {
            process!.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public bool IsRunning => process is { HasExited: false };

    /// <summary>One over an embedded store of its own.</summary>
    public static Task<ServiceProcess> StartAsync(CancellationToken cancellation)
    {
        TemporaryFolder folder = new();
        return StartAsync(folder, folder, [$"--Sqlite:Path={folder.File(StoreName)}"], cancellation);
    }

    /// <param name="keys">Where the key and the policy are that all servers of one Redis share.</param>
    /// <param name="redis">As <c>host:port</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<ServiceProcess> StartAsync(
        TemporaryFolder keys, string redis, CancellationToken cancellation) => StartAsync(
            keys, null, ["--Server:Store=redis", $"--Redis:Configuration={redis}", "--Redis:StoreTimeoutMs=2000"],
            cancellation);

    /// <summary>SIGKILL: nothing is finished, flushed or said.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Starts it, again if it was killed; it takes calls when this returns.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(ReadyLine, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(cancellation);
                return;
            }
        }

        await process.WaitForExitAsync(cancellation);
        throw new InvalidOperationException($"The server did not start:\n{errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        owned?.Dispose();
    }

    private static async Task<ServiceProcess> StartAsync(
        TemporaryFolder keys, TemporaryFolder? owned, string[] settings, CancellationToken cancellation)
    {
        string policy = keys.File("policy.yaml");
        await File.WriteAllTextAsync(policy, ModelPolicy.Document, cancellation);
        int port = RedisServer.FreePort();
        int httpPort = RedisServer.FreePort();
        ServiceProcess service = new(
            owned,
            [
                Dll,
                string.Create(CultureInfo.InvariantCulture, $"--Server:GrpcPort={port}"),
                string.Create(CultureInfo.InvariantCulture, $"--Server:HttpPort={httpPort}"),
                $"--Server:FirstPolicyPath={policy}", $"--Server:IdentityKeyPath={keys.File("shared.key")}",
                "--Throttle:TrustRequestTime=true", .. settings,
            ],
            port,
            httpPort);
        await service.StartAgainAsync(cancellation);
        return service;
    }

    // Built side by side, in the same configuration.
    private static string Dll => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "H2H.Throttle.Server",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "H2H.Throttle.Server.dll"));
}
