using System.Diagnostics;
using System.Text.RegularExpressions;

namespace H2H.Throttle.Cli.Tests.Running;

/// <summary>A real server in a process of its own, on free ports and a store of its own.</summary>
/// <remarks>It believes what requests say of the time, unless it is told otherwise.</remarks>
public sealed partial class LiveServer : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly bool trustsTime;
    private readonly string[] settings;
    private Process? process;

    public LiveServer()
        : this(trustsTime: true)
    {
    }

    private LiveServer(bool trustsTime, params string[] settings) =>
        (this.trustsTime, this.settings) = (trustsTime, settings);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Of its gRPC port; stays the same when it is started again.</summary>
    public string Address { get; private set; } = "127.0.0.1:0";

    /// <summary>Of its port for JSON.</summary>
    public string HttpAddress { get; private set; } = "";

    public static async Task<LiveServer> StartAsync(bool trustsTime = true, params string[] settings)
    {
        LiveServer server = new(trustsTime, settings);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        ProcessStartInfo start = BuiltProgram.Server();
        start.WorkingDirectory = folder.Path;
        start.ArgumentList.Add($"--Server:GrpcPort={Address.Split(':')[1]}");
        start.ArgumentList.Add("--Server:HttpPort=0");
        start.ArgumentList.Add($"--Sqlite:Path={Path.Combine(folder.Path, "live.db")}");
        start.ArgumentList.Add($"--Throttle:TrustRequestTime={trustsTime}");
        foreach (string setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                (string kind, string authority) = (match.Groups["kind"].Value, match.Groups["authority"].Value);
                (Address, HttpAddress) = kind == "gRPC" ? (authority, HttpAddress) : (Address, authority);
                if (kind == "JSON")
                {
                    return;
                }
            }
        }

        Assert.Fail("The server ended before it took calls.");
    }

    /// <summary>Ends it without warning, as a crash would.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(Cancellation);
        process.Dispose();
    }

    /// <summary>Starts it again on the same port and the same store.</summary>
    public ValueTask RestartAsync() => InitializeAsync();

    /// <summary>Asks it with <c>h2h</c>.</summary>
    internal Task<Ended> AskAsync(params string[] arguments) =>
        CommandLine.RunAsync([.. arguments, "--server", Address]);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        folder.Dispose();
    }

    [GeneratedRegex(@"^\s*(?<kind>gRPC|JSON)\s+(?:http://)?(?<authority>\S+:\d+)")]
    private static partial Regex Listening();
}
