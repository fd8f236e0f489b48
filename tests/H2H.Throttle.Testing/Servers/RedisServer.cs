using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace H2H.Throttle.Testing.Servers;

/// <summary>A real Redis or Valkey of a test's own, on a free port and in a folder that goes with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string ReadyLine = "Ready to accept connections";
    private const string SyncedLine = " <-> REPLICA sync: Finished with success";   // of the MASTER, or PRIMARY
    private const int StartTriesMax = 5;
    private const int FirstPort = 15_000;
    private const int Ports = 15_000;

    // Processes that run tests at the same time begin in different places.
    private static int portsAsked = Environment.ProcessId * 997;

    private readonly TemporaryFolder folder;
    private readonly string[] settings;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private Process? process;
    private string name = "";

    private RedisServer(TemporaryFolder folder, int port, string[] settings) =>
        (this.folder, Port, this.settings) = (folder, port, settings);

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <param name="settings">As on its command line: <c>--appendonly yes</c> is two of them.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        RedisServer server = Reserve(settings);
        await server.RestartAsync();
        return server;
    }

    /// <summary>A replica that has all of the primary; if that does not come about, no server is left.</summary>
    public static async Task<RedisServer> ReplicaOfAsync(RedisServer primary, CancellationToken cancellation)
    {
        RedisServer replica = await StartAsync(
            "--replicaof", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1 {primary.Port}"));
        try
        {
            await replica.WaitForPrimaryAsync(cancellation);
            return replica;
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that is not started yet.</summary>
    public static RedisServer Reserve(params string[] settings) => new(new TemporaryFolder(), FreePort(), settings);

    /// <summary>
    /// A port that nobody listens on at the moment, and that the system deals out to nobody: it begins at 32,768. In
    /// this process no two ask for the same.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            int port = FirstPort + (int)((uint)Interlocked.Increment(ref portsAsked) % Ports);
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }

    /// <summary>Starts it, again if it was killed, on what is in its folder; ready when this returns.</summary>
    public async Task RestartAsync()
    {
        for (int tries = 1; ; tries++)
        {
            name = $"h2h-trial-{Guid.NewGuid():N}";
            Process started = RedisProgram.Found.StartServer(
                name,
                [
                    "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
                    "--dir", folder.Path, "--save", "", .. settings,
                ]);
            if (await IsReadyAsync(started, tries == StartTriesMax))
            {
                process = started;
                started.ErrorDataReceived += static (_, _) => { };
                started.BeginErrorReadLine();
                _ = ListenAsync(started.StandardOutput);
                return;
            }
        }
    }

    /// <summary>SIGKILL: nothing is flushed, closed or said.</summary>
    public async Task KillAsync()
    {
        Signal("KILL");
        await process!.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGSTOP: it keeps its connections and says nothing more, until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>What it answers, as its own command line shows it.</summary>
    public async Task<string> CommandAsync(CancellationToken cancellation, params string[] command)
    {
        using Process cli = RedisProgram.Found.StartCommand(
            ["-p", Port.ToString(CultureInfo.InvariantCulture), .. command]);
        string answer = await cli.StandardOutput.ReadToEndAsync(cancellation);
        await cli.WaitForExitAsync(cancellation);
        return answer.Trim();
    }

    /// <summary>Of a replica: until it has all that its primary has, which it says by itself.</summary>
    public Task WaitForPrimaryAsync(CancellationToken cancellation) =>
        WaitForAsync(SyncedLine, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        folder.Dispose();
    }

    private void Signal(string signal) => RedisProgram.Found.Signal(name, process!, signal);

    private async Task WaitForAsync(string line, CancellationToken cancellation)
    {
        await foreach (string said in lines.Reader.ReadAllAsync(cancellation))
        {
            if (said.Contains(line, StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    /// <summary>Keeps what it says until somebody waits for a line, so that its output never fills up.</summary>
    private async Task ListenAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lines.Writer.TryWrite(line);
        }
    }

    private static async Task<bool> IsReadyAsync(Process started, bool isLastTry)
    {
        StringBuilder said = new();
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(ReadyLine, StringComparison.Ordinal))
            {
                return true;
            }

            said.AppendLine(line);
        }

        said.Append(await started.StandardError.ReadToEndAsync());
        started.Dispose();
        return isLastTry ? throw new InvalidOperationException($"Redis did not start:\n{said}") : false;
    }
}
