using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Grpc.Net.Client;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>The server as a process of its own, which can be killed.</summary>
public sealed partial class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly string[] settings;
    private readonly StringBuilder errors = new();

    private ServerProcess(Process process, string[] settings) => (this.process, this.settings) = (process, settings);

    /// <summary>All that it printed when it was up.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>All that it printed to standard error, once it has ended.</summary>
    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    public Uri GrpcAddress => new($"http://{GrpcLine().Match(Greeting).Groups[1].Value}");

    public Uri HttpAddress => new(JsonLine().Match(Greeting).Groups[1].Value);

    public int Id => process.Id;

    /// <summary>Starts it on free ports and waits until it takes calls or has given up.</summary>
    public static Task<ServerProcess> StartAsync(string storePath, params string[] settings) =>
        StartAsync(storePath, new Dictionary<string, string>(), settings);

    /// <summary>The same with variables in its environment.</summary>
    public static async Task<ServerProcess> StartAsync(
        string storePath, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        string[] arguments =
            [Dll, "--Server:GrpcPort=0", "--Server:HttpPort=0", $"--Sqlite:Path={storePath}", .. settings];
        ProcessStartInfo start = new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(storePath),
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        ServerProcess server = new(Process.Start(start)!, settings);
        server.process.ErrorDataReceived += (_, line) =>
        {
            lock (server.errors)
            {
                server.errors.AppendLine(line.Data);
            }
        };
        server.process.BeginErrorReadLine();

        StringBuilder greeting = new();
        while (await server.process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            greeting.AppendLine(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                break;
            }
        }

        server.Greeting = greeting.ToString();
        return server;
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(GrpcAddress);

    /// <summary>What <c>probe</c> says of it, with its settings: the exit code and the complaint.</summary>
    public async Task<(int Exit, string Complaint)> ProbeAsync()
    {
        ProcessStartInfo start = new("dotnet", [Dll, "probe", $"--Server:HttpPort={HttpAddress.Port}", .. settings])
        {
            RedirectStandardError = true,
        };
        using Process probe = Process.Start(start)!;
        string complaint = await probe.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (probe.ExitCode, complaint);
    }

    /// <summary>Gives it no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to stop, as an operator or an orchestrator does.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has ended, and answers with its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    // Tests and server are built side by side, in the same configuration.
    private static string Dll => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "H2H.Throttle.Server",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "H2H.Throttle.Server.dll"));

    [GeneratedRegex(@"gRPC +(\S+)")]
    private static partial Regex GrpcLine();

    [GeneratedRegex(@"JSON +(\S+)")]
    private static partial Regex JsonLine();
}
