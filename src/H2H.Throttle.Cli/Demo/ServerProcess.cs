using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;

namespace H2H.Throttle.Cli.Demo;

/// <summary>A server of one's own, on free ports and a temporary store. Both are gone when it is disposed of.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private ServerProcess(Process process, string folder) => (this.process, this.folder) = (process, folder);

    /// <summary>Its gRPC port.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it and waits until it takes calls.</summary>
    /// <exception cref="UnusableException">It cannot be found, or ended before it took calls.</exception>
    public static async Task<ServerProcess> StartAsync(CancellationToken cancellation)
    {
        string binary = ServerBinary.Find();
        string folder = Directory.CreateTempSubdirectory("h2h-demo-").FullName;
        ProcessStartInfo start = new(binary)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--Server:GrpcPort=0",
                "--Server:HttpPort=0",
                $"--Sqlite:Path={Path.Combine(folder, "demo.db")}",
                Advice.TrustTime,
            },
            Environment =
            {
                ["DOTNET_ROOT"] = DotnetRoot(),            // the .NET that this program runs on, wherever that is
                ["DOTNET_EnableDiagnostics"] = "0",        // leaves sockets behind in a process that is killed
            },
        };
        ServerProcess server = new(Process.Start(start)!, folder);
        try
        {
            server.Address = await server.ReadAddressAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing of it is worth an orderly end.
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Uri> ReadAddressAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<Uri?> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StringBuilder complaint = new();
        process.ErrorDataReceived += (_, line) => complaint.Append(' ').Append(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            // Both pipes are read to their end, lest they fill up; this one has no more lines when the server ends.
            if (line.Data is null)
            {
                told.TrySetResult(null);
            }
            else if (GrpcLine().Match(line.Data) is { Success: true } match)
            {
                told.TrySetResult(new Uri($"http://{match.Groups["authority"].Value}"));
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (await told.Task.WaitAsync(cancellation) is { } address)
        {
            return address;
        }

        await process.WaitForExitAsync(cancellation);   // by then the other pipe is read, too
        throw new UnusableException($"The server ended before it took calls:{complaint.ToString().TrimEnd()}");
    }

    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    [GeneratedRegex(@"^\s*gRPC\s+(?<authority>\S+:\d+)")]
    private static partial Regex GrpcLine();
}
