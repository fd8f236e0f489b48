using System.Globalization;
using System.Runtime.InteropServices;
using H2H.Throttle.Benchmarks.Processes;

namespace H2H.Throttle.Benchmarks.Reports;

/// <summary>On what it was measured, in words.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync()
    {
        string processor = (await File.ReadAllLinesAsync("/proc/cpuinfo"))
            .FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?
            .Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        string redis = (await Tool.RunAsync("redis-server", "--version")).Split(' ')[2];
        string node = (await Tool.RunAsync("node", "--version")).Trim();
        string load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:d MMMM yyyy, HH:mm} UTC. {processor}, {Environment.ProcessorCount} processors shared by "
            + $"callers, servers and stores; {RuntimeInformation.OSDescription.Trim()}; "
            + $"{RuntimeInformation.FrameworkDescription}; Redis {redis.Replace("v=", "", StringComparison.Ordinal)}, "
            + $"append-only file synced each second; Node.js {node}. Load average before it began: {load}.");
    }
}
