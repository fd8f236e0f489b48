using System.Collections.Concurrent;
using System.Collections.Immutable;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Servers;
using NodaTime;

namespace H2H.Throttle.Adversity.Loads;

/// <summary>Many clients who all want the same few people, each asking with ids that others have used too.</summary>
internal sealed class Admission(ImmutableArray<IServer> servers, int seed)
{
    public const int Clients = 64;
    public const int People = 50;
    public const int Cap = 3;
    private const int IdsAPerson = 150;
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    private readonly Recorder recorder = new();
    private int repeated;

    public int Repeated => repeated;

    public History History => new(recorder.Calls);

    /// <summary>Asks so often altogether; what is wrong with the answers, in words; empty: nothing.</summary>
    public async Task<ImmutableArray<string>> AskAsync(int asks, CancellationToken cancellation)
    {
        ConcurrentDictionary<string, int> used = [];
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                Random random = new((seed * 1000) + client);
                for (int ask = client; ask < asks; ask += Clients)
                {
                    string person = $"person {random.Next(People)}";
                    string id = $"{person}, request {random.Next(IdsAPerson)}";
                    Call call = new(CallKind.Reserve, person, id) { RequestId = id, Channel = "sms" };
                    if (used.AddOrUpdate(id, 1, static (_, times) => times + 1) > 1)
                    {
                        Interlocked.Increment(ref repeated);
                    }

                    int server = random.Next(servers.Length);
                    RecordedCall recorded = recorder.Begin(call, $"s{server}", Now);
                    recorder.End(recorded, await servers[server].AskAsync(call, Now, cancellation));
                }
            },
            cancellation)));
        return [.. Miscounted(), .. History.Flaws()];
    }

    private IEnumerable<string> Miscounted() => recorder.Calls
        .GroupBy(static call => call.Call.Person)
        .Select(static person => (
            Name: person.Key,
            Admitted: person.Select(static call => call.Answer?.ContactId).OfType<string>().Distinct().Count()))
        .Where(static person => person.Admitted != Cap)
        .Select(static person => $"{person.Name} was admitted {person.Admitted} times instead of {Cap}.");
}
