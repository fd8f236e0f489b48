using System.Diagnostics;
using System.Text.RegularExpressions;

namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>A built gRPC server of this repository in a process of its own, on a free port.</summary>
internal sealed partial class GrpcProcess : IDisposable
{
    private readonly Process process;

    /// <param name="assembly">As in <c>H2H.Throttle.Server</c>.</param>
    /// <param name="arguments">Of its command line.</param>
    public GrpcProcess(string assembly, params string[] arguments)
    {
        process = Process.Start(new ProcessStartInfo("dotnet", [DllOf(assembly), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        Address = ReadAddress(process.StandardOutput);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);   // what nobody reads would stop it
    }

    /// <summary>Of its gRPC port.</summary>
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
    }

    private static string DllOf(string assembly) => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        assembly,
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        assembly + ".dll"));

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
