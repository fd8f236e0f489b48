using System.Diagnostics;
using System.Globalization;

namespace H2H.Throttle.Benchmarks.Loads;

/// <summary>How much faster streams are than calls: rounds of each in turn, on one server, medians.</summary>
internal static class LoadBenchmark
{
    private const int Rounds = 5;
    private const int WarmDecisions = 20_000;
    private const int Decisions = 60_000;

    private const string Policy = """
        policy: ten
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false } }
        rules:
          - { name: hour, cap: 10, in: rolling 1h }
          - { name: day, cap: 20, in: rolling 24h }
          - { name: week, cap: 40, in: rolling 7d }
          - { name: days, cap: 60, in: last 14 days }
          - { name: month, cap: 90, in: calendar month }
          - { name: emails, when: { channel: email }, cap: 30, in: calendar day }
          - { name: calls, when: { channel: phone }, cap: 9, in: rolling 30d }
          - { name: campaign, cap: 60, in: rolling 90d, per: [campaign] }
          - { name: breath, gap: rolling 10m }
          - { name: nights, when: { channel: [sms, phone] }, quiet: { daily: "21:00-08:00" } }
        """;

    /// <param name="settings">For the server, such as its store.</param>
    public static async Task RunAsync(params string[] settings)
    {
        using BenchedServer server = new(Policy, settings);
        foreach (bool isReserve in new[] { false, true })
        {
            using UnaryLoad unary = new(server.Address, isReserve, connections: 10, callersEach: 10);
            using StreamLoad stream = new(server.Address, isReserve, streams: 2, itemsEach: 250);
            await unary.RunAsync(WarmDecisions);
            await stream.RunAsync(WarmDecisions * 2);
            List<(double Rate, double Micros)> slow = [];
            List<(double Rate, double Micros)> quick = [];
            for (int round = 0; round < Rounds; round++)
            {
                slow.Add(await MeasureAsync(server, unary, Decisions));
                quick.Add(await MeasureAsync(server, stream, Decisions * 4));
            }

            Tell(unary.Name, slow);
            Tell(stream.Name, quick);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  ratio {Median(quick.ConvertAll(static one => one.Rate)) / Median(slow.ConvertAll(
                    static one => one.Rate)):F1}; the server holds {server.MemoryBytes >> 20} MiB"));
        }
    }

    private static async Task<(double Rate, double Micros)> MeasureAsync(
        BenchedServer server, ILoad load, int decisions)
    {
        TimeSpan before = server.ProcessorTime;
        long start = Stopwatch.GetTimestamp();
        await load.RunAsync(decisions);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        return (decisions / took.TotalSeconds, (server.ProcessorTime - before).TotalMicroseconds / decisions);
    }

    private static void Tell(string name, List<(double Rate, double Micros)> rounds) => Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Median(rounds.ConvertAll(static one => one.Rate)):N0} decisions/s "
            + $"({rounds.Min(static one => one.Rate):N0} to {rounds.Max(static one => one.Rate):N0}), "
            + $"{Median(rounds.ConvertAll(static one => one.Micros)):F1} µs of the server's processors each"));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
