using BenchmarkDotNet.Attributes;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Benchmarks;

/// <summary>What is done in memory for a decision: deciding, and turning a record into bytes and back.</summary>
public class Costs
{
    private readonly Policy counting = Read(DecisionBenchmark.Counting);
    private readonly Policy mixed = Read(DecisionBenchmark.Mixed);
    private readonly Attempt attempt = DecisionBenchmark.AttemptAt(DecisionBenchmark.Now);
    private PersonRecord record = PersonRecord.Unknown;
    private byte[] bytes = [];

    /// <summary>How many the person has.</summary>
    [Params(10, 50)]
    public int Contacts { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Person person = DecisionBenchmark.PersonWith(DecisionBenchmark.LedgerOf(Contacts));
        record = PersonRecord.Unknown with { Person = person, LastSeen = DecisionBenchmark.Now };
        bytes = PersonCodec.Write(record);
    }

    [Benchmark(Description = "decide: caps, a gap, hours")]
    public object DecideCounting() => Decide(counting);

    [Benchmark(Description = "decide: ten kinds of rule")]
    public object DecideMixed() => Decide(mixed);

    [Benchmark(Description = "read a record")]
    public object ReadRecord() => PersonCodec.Read(bytes);

    [Benchmark(Description = "write a record")]
    public object WriteRecord() => PersonCodec.Write(record);

    private Decision Decide(Policy policy) =>
        Decider.Decide(policy, record.Person, attempt, DecisionBenchmark.Now);

    private static Policy Read(string document) => ((PolicyReading.Valid)PolicyParser.Read(document)).Policy;
}
