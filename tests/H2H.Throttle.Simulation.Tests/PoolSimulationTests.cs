using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>
/// Senders who contact a household whose people share limits, while lodgers move in and out: over two servers, lines
/// that fail between the save of the pool and the save of the person, and restarts.
/// </summary>
public sealed class PoolSimulationTests
{
    private const int Rounds = 3;
    private const int SendersCount = 6;
    private const int ActionsEach = 40;
    private const int Limit = 4;
    private const int WeightMax = 9;
    private static readonly string[] Family = ["ada", "ben", "cyd"];
    private static readonly string[] Lodgers = ["dee", "eli"];
    private static readonly Duration Window = Duration.FromHours(6);
    private static readonly Duration Day = Duration.FromHours(24);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_a_household_is_never_over_what_it_shares(int seed)
    {
        (IReadOnlyList<string> broken, Sender[] senders, Mover mover) = await RunAsync(seed, $"pool: {Mover.Kind}");

        Assert.Empty(broken);
        Assert.Empty(senders.SelectMany(static sender => sender.Broken));
        Assert.True(senders.Sum(static sender => sender.Allowed) > 10);
        Assert.True(senders.Sum(static sender => sender.Denied) > 10);
        Assert.True(mover.Moves > 10);
    }

    [Fact]
    public async Task Without_the_pool_the_same_senders_do_break_the_limit()
    {
        (IReadOnlyList<string> broken, _, _) = await RunAsync(1, "description: counted for each person alone");

        Assert.NotEmpty(broken);
    }

    private static string PolicyWith(string key) => $$"""
        policy: simulated
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        unconfirmed: { default: count, phone: release }
        rules:
          - { name: home, cap: {{Limit}}, in: rolling 6h, {{key}} }
          - { name: weight, cap: {{WeightMax}}, in: rolling 24h, weighted: true, {{key}} }
        """;

    private static async Task<(IReadOnlyList<string> Broken, Sender[] Senders, Mover Mover)> RunAsync(
        int seed, string key)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Random random = new(seed);
        Lock gate = new();
        await using World world = new(() => { lock (gate) { return random.NextDouble(); } }, PolicyWith(key));
        await world.StartAsync(cancellation);
        foreach (string person in Family)
        {
            await world.Observer.Pools.JoinAsync(null, person, Mover.Kind, Mover.Home, null, cancellation);
        }

        string[] everyone = [.. Family, .. Lodgers];
        Sender[] senders = [.. Enumerable.Range(0, SendersCount).Select(i => new Sender(world, (seed * 1000) + i))];
        Mover mover = new(world, seed);
        for (int round = 0; round < Rounds; round++)
        {
            IEnumerable<Task> sending = senders.Select((sender, i) => Task.Run(
                async () =>
                {
                    for (int action = 0; action < ActionsEach; action++)
                    {
                        await sender.ActAsync(everyone[(i + action) % everyone.Length], cancellation);
                    }
                },
                cancellation));
            Task moving = Task.Run(
                async () =>
                {
                    for (int action = 0; action < ActionsEach; action++)
                    {
                        await mover.ActAsync(Lodgers[action % Lodgers.Length], cancellation);
                    }
                },
                cancellation);
            await Task.WhenAll(sending.Append(moving));
            await world.RestartAsync(cancellation);
        }

        return ([.. Broken(await HeldAsync(world, senders, cancellation))], senders, mover);
    }

    /// <summary>What the family has had; all that was acknowledged is there.</summary>
    private static async Task<IReadOnlyList<LedgerContact>> HeldAsync(
        World world, Sender[] senders, CancellationToken cancellation)
    {
        List<LedgerContact> held = [];
        foreach (string person in Family)
        {
            ContactPage page = await world.Observer.People.ListContactsAsync(
                person, 1000, null, oldestFirst: true, null, cancellation);
            held.AddRange(page.Contacts
                .Where(static known => known.Standing is not Standing.Released
                    && known.Contact.Traits.Channel != "phone")
                .Select(static known => known.Contact));
            Assert.Empty(senders
                .SelectMany(static sender => sender.Held)
                .Where(one => one.Value == person)
                .Select(static one => one.Key)
                .Except(page.Contacts.Select(static known => known.Id.ToString())));
        }

        return held;
    }

    private static IEnumerable<string> Broken(IReadOnlyList<LedgerContact> held)
    {
        foreach (LedgerContact first in held)
        {
            int used = held.Count(one => one.At >= first.At && one.At < first.At + Window);
            int weight = held.Where(one => one.At >= first.At && one.At < first.At + Day).Sum(static one => one.Weight);
            if (used > Limit || weight > WeightMax)
            {
                yield return $"{used} of {Limit}, weight {weight} of {WeightMax} from {first.At}";
            }
        }
    }
}
