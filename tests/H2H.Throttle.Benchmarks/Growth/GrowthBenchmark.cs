using System.Globalization;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;
using H2H.Throttle.Benchmarks.Ratios;
using H2H.Throttle.Benchmarks.Reports;

namespace H2H.Throttle.Benchmarks.Growth;

/// <summary>How the cost of a decision grows with all that may grow.</summary>
internal sealed class GrowthBenchmark
{
    /// <summary>How many are drawn.</summary>
    public const int Pictures = 7;

    private const int Rounds = 3;
    private const int SampledPeople = 1000;

    // Records of people whom nobody asks about, as long as those of people with ten contacts.
    private const string Filler = """
        local value = string.rep('x', 210)
        for person = tonumber(ARGV[1]), tonumber(ARGV[2]) do
          redis.call('SET', string.format('h2h:r:person:%043d', person), value, 'PXAT', 1895345000000)
        end
        """;

    private readonly GrowthReport report;
    private readonly TimeSpan span;
    private readonly bool isWhole;

    private GrowthBenchmark(GrowthReport report, TimeSpan span, bool isWhole) =>
        (this.report, this.span, this.isWhole) = (report, span, isWhole);

    /// <param name="folder">Takes the pictures, and a text that has them.</param>
    /// <param name="span">For how long each point is measured, three times.</param>
    /// <param name="isWhole">False: only the first points of each curve, to see that everything works.</param>
    /// <returns>The text.</returns>
    public static async Task<string> RunAsync(string folder, TimeSpan span, bool isWhole)
    {
        GrowthReport report = new(folder, await Machine.DescribeAsync());
        GrowthBenchmark benchmark = new(report, span, isWhole);
        await benchmark.RulesAsync();
        await benchmark.ContactsAsync();
        await benchmark.CallersAsync();
        await benchmark.ServersAsync();
        await benchmark.MemoryAsync();
        await benchmark.PeopleAsync();   // last, for it fills the memory
        return report.ToMarkdown();
    }

    private IEnumerable<int> Steps(params int[] all) => isWhole ? all : all.Take(2);

    private async Task PeopleAsync()
    {
        using BenchedRedis redis = new();
        await redis.AskAsync("CONFIG", "SET", "appendonly", "no");   // fillers are no part of what is measured
        using BenchedServer server = BenchedServer.Over(redis, Policies.Ten);
        Subject subject = new(server.Process, redis);
        await subject.PrepareAsync(PreparedCall.Reserve(SampledPeople), SampledPeople * 10);
        List<(double, double)> checks = [];
        List<(double, double)> reserves = [];
        int filled = SampledPeople;
        foreach (int people in Steps(1000, 10_000, 100_000, 1_000_000, 10_000_000))
        {
            for (int end; filled < people; filled = end)
            {
                end = Math.Min(people, filled + 100_000);
                await redis.AskAsync("EVAL", Filler, "0", Text(filled + 1), Text(end));
            }

            checks.Add((people, await MicrosAsync(subject, PreparedCall.Check(SampledPeople))));
            reserves.Add((people, await MicrosAsync(subject, PreparedCall.Reserve(SampledPeople, false))));
        }

        await report.AddAsync(
            "people",
            "Processor time of server and Redis for a decision about one of a thousand people who are really there. "
            + "The others are records of the same length and kind of key, put there by a script: nobody asks about "
            + "them.",
            new Plot(
                "With the number of people, in Redis", "people", "µs of processors a decision",
                [new Curve("Reserve", reserves), new Curve("Check", checks)]));
    }

    private async Task ContactsAsync()
    {
        const int People = 20;
        List<(double, double)> shared = [];
        List<(double, double)> embedded = [];
        foreach (int contacts in Steps(1, 3, 10, 30, 100, 300, 1000))
        {
            using BenchedRedis redis = new();
            using BenchedServer overRedis = BenchedServer.Over(redis, Policies.Ten);
            using BenchedServer overFile = new(Policies.Ten);
            foreach ((Subject subject, List<(double, double)> points) in new[]
                { (new Subject(overRedis.Process, redis), shared), (new Subject(overFile.Process), embedded) })
            {
                await subject.PrepareAsync(PreparedCall.Reserve(People, isRepeatable: false), (long)People * contacts);
                points.Add((contacts, await MicrosAsync(subject, PreparedCall.Check(People))));
            }
        }

        await report.AddAsync(
            "contacts",
            "Processor time of server and store for a Check under ten rules. A person's record is read whole, and all "
            + "of it is looked at: the cost grows with what has to be counted, and people get few contacts.",
            new Plot(
                "With a person's contacts", "contacts in the ledger", "µs of processors a Check",
                [new Curve("Redis", shared), new Curve("embedded", embedded)]));
    }

    private async Task RulesAsync()
    {
        List<(double, double)> checks = [];
        List<(double, double)> reserves = [];
        foreach (int rules in Steps(1, 2, 5, 10, 20, 50, 100, 200))
        {
            using BenchedRedis redis = new();
            using BenchedServer server = BenchedServer.Over(redis, Policies.Caps(rules));
            Subject subject = new(server.Process, redis);
            await subject.PrepareAsync(PreparedCall.Reserve(SampledPeople, false), SampledPeople * 10);
            checks.Add((rules, await MicrosAsync(subject, PreparedCall.Check(SampledPeople))));
            reserves.Add((rules, await MicrosAsync(subject, PreparedCall.Reserve(null))));
        }

        await report.AddAsync(
            "rules",
            "Processor time of server and Redis for a decision under so many caps that all govern it: Checks of people "
            + "with ten contacts, Reserves for people who had none.",
            new Plot(
                "With the policy's rules", "rules that govern", "µs of processors a decision",
                [new Curve("Reserve", reserves), new Curve("Check", checks)]));
    }

    private async Task ServersAsync()
    {
        List<(double, double)> rates = [];
        List<(double, double)> checks = [];
        foreach (int count in Steps(1, 2, 3, 4))
        {
            using BenchedRedis redis = new();
            BenchedServer[] servers =
                [.. Enumerable.Range(0, count).Select(_ => BenchedServer.Over(redis, Policies.Ten))];
            Uri[] addresses = [.. servers.Select(static server => server.Address)];
            rates.Add((count, await RateAsync(addresses, PreparedCall.Reserve(null), callers: 100)));
            checks.Add((count, await RateAsync(addresses, PreparedCall.Check(SampledPeople), callers: 100)));
            Array.ForEach(servers, static server => server.Dispose());
        }

        await report.AddAsync(
            "servers",
            "A hundred callers spread over so many servers of one Redis. All of them, the callers and Redis share two "
            + "processors here, so that more servers cannot be quicker: what the picture shows is what they cost each "
            + "other.",
            new Plot(
                "With the number of servers", "servers", "decisions a second, together",
                [new Curve("Reserve", rates), new Curve("Check", checks)]));
    }

    private async Task CallersAsync()
    {
        using BenchedRedis redis = new();
        using BenchedServer server = BenchedServer.Over(redis, Policies.Ten);
        List<(double, double)> reserves = [];
        List<(double, double)> medians = [];
        List<(double, double)> slowest = [];
        foreach (int callers in Steps(1, 3, 10, 30, 100, 300, 1000))
        {
            CallTally tally = new();
            reserves.Add((callers, await RateAsync([server.Address], PreparedCall.Reserve(null), callers, tally)));
            medians.Add((callers, tally.LatencyMs(0.5)));
            slowest.Add((callers, tally.LatencyMs(0.99)));
        }

        await report.AddAsync(
            "callers", "Reserves for people who had none, over Redis, by so many callers who wait for their answers.",
            new Plot(
                "With the number of callers", "callers", "decisions a second", [new Curve("Reserve", reserves)]));
        await report.AddAsync(
            "latency",
            "The same: how long a Reserve takes. Once the processors are busy, more callers only wait longer.",
            new Plot(
                "How long callers wait", "callers", "milliseconds for a Reserve",
                [new Curve("99 % of them", slowest), new Curve("half of them", medians)]));
    }

    private async Task MemoryAsync()
    {
        int people = isWhole ? 2000 : 100;
        List<(double, double)> records = [];
        List<(double, double)> members = [];
        List<(double, double)> rows = [];
        foreach (int contacts in Steps(1, 3, 10, 30, 100, 300))
        {
            records.Add((contacts, await MemoryBenchmark.RecordsAsync(people, contacts, isRepeatable: false)));
            members.Add((contacts, await MemoryBenchmark.MembersAsync(people, contacts)));
            using BenchedServer server = new(Policies.Ten, "--Sqlite:LogPagesMax=1");
            long before = server.StoreBytes;
            await new Subject(server.Process).PrepareAsync(
                PreparedCall.Reserve(people, isRepeatable: false), (long)people * contacts);
            rows.Add((contacts, (server.StoreBytes - before) / (double)people));
        }

        await report.AddAsync(
            "memory",
            "Bytes for each person: as a record in Redis, as a row of the embedded store's file, and as the obvious "
            + "encoding, one member of a sorted set for each contact.",
            new Plot(
                "What a person takes up", "contacts of a person", "bytes",
                [
                    new Curve("sorted set", members), new Curve("record in Redis", records),
                    new Curve("embedded store", rows),
                ]));
    }

    private async Task<double> MicrosAsync(Subject subject, PreparedCall call)
    {
        List<IDisposable> open = [];
        Contender contender = await subject.CallingAsync(call.Path, call, open);
        for (int round = 0; round <= Rounds; round++)
        {
            await contender.RunAsync(span, isWarmUp: round == 0);
        }

        open.ForEach(static one => one.Dispose());
        return contender.Of(static round => round.ServerMicros + round.StoreMicros).Median;
    }

    private async Task<double> RateAsync(
        IReadOnlyList<Uri> servers, PreparedCall call, int callers, CallTally? into = null)
    {
        int connections = Math.Min(callers, 10);
        using Callers all = await Callers.ConnectAsync(servers, call, connections, callers / connections);
        List<double> rates = [];
        long first = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            Pace pace = new(first, span);
            CallTally tally = await all.RunAsync(pace);
            first += pace.Taken;
            if (round > 0)
            {
                rates.Add(tally.Allowed / pace.Elapsed.TotalSeconds);
                into?.Add(tally);
            }
        }

        return Spread.Of(rates).Median;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
