using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Benchmarks.Calls;

namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>The load generator of nghttp2: ten connections, ten calls each, all of them the same call.</summary>
internal static partial class H2Load
{
    private const int PrefixBytes = 5;   // gRPC's: whether it is compressed, and the length

    /// <exception cref="InvalidOperationException">A call failed; whether it was allowed cannot be seen.</exception>
    public static async Task<H2LoadOutcome> RunAsync(Uri server, PreparedCall call, TimeSpan span)
    {
        byte[] body = new byte[PrefixBytes + call.Message.Length];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), call.Message.Length);
        call.Message.Write(call.PersonOf(0), 0, body.AsSpan(PrefixBytes));
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, body);
            return Read(await Tool.RunAsync(
                "h2load",
                "-c", "10", "-m", "10", "-t", "1",
                "-D", string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0}ms"),
                "-d", file,
                "-H", "content-type: application/grpc", "-H", "te: trailers",
                new Uri(server, call.Path).ToString()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static H2LoadOutcome Read(string told)
    {
        Match rate = Rate().Match(told);
        Match requests = Requests().Match(told);
        return rate.Success && requests.Success && requests.Groups[2].Value == "0"
            ? new H2LoadOutcome(
                long.Parse(requests.Groups[1].Value, CultureInfo.InvariantCulture),
                double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"h2load failed: {told}");
    }

    [GeneratedRegex(@"([\d.]+) req/s")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) succeeded, (\d+) failed")]
    private static partial Regex Requests();
}
