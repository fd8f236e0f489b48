using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>
/// Many senders, two servers, bad lines, restarts: whatever happens, what was promised holds. A seed decides what the
/// senders do; how their calls interleave is the machine's to choose.
/// </summary>
public sealed class SimulationTests
{
    private const int Rounds = 4;
    private const int SendersCount = 8;
    private const int ActionsEach = 60;
    private static readonly string[] People = ["ada", "ben"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_happens_what_was_promised_holds(int seed)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Random random = new(seed);
        Lock gate = new();
        await using World world = new(() => { lock (gate) { return random.NextDouble(); } });
        await world.StartAsync(cancellation);
        Sender[] senders = [.. Enumerable.Range(0, SendersCount).Select(i => new Sender(world, (seed * 1000) + i))];

        for (int round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(senders.Select((sender, i) => Task.Run(
                async () =>
                {
                    for (int action = 0; action < ActionsEach; action++)
                    {
                        await sender.ActAsync(People[(i + action) % People.Length], cancellation);
                    }
                },
                cancellation)));
            await world.RestartAsync(cancellation);
        }

        Assert.Empty(senders.SelectMany(static sender => sender.Broken));
        Assert.True(senders.Sum(static sender => sender.Allowed) > 20
            && senders.Sum(static sender => sender.Denied) > 20);
        foreach (string person in People)
        {
            ContactPage page = await world.Observer.People.ListContactsAsync(
                person, 1000, null, oldestFirst: true, null, cancellation);
            Assert.Empty(Caps.Broken([.. page.Contacts.Where(IsHeldFast).Select(static known => known.Contact)]));
            Assert.Empty(senders
                .SelectMany(static sender => sender.Held)
                .Where(held => held.Value == person)
                .Select(static held => held.Key)
                .Except(page.Contacts.Select(static known => known.Id.ToString())));
        }

        IReadOnlyList<JournalEntry> entries = await world.Store.Journal.ReadAsync(0, IJournal.ReadMax, cancellation);
        Assert.True(
            entries.Count(static entry => entry.Fact.Kind == "opt_out") >= senders.Sum(static sender =>
                sender.OptOuts));
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        foreach (JournalEntry entry in entries)
        {
            hash = JournalChain.Next(hash, entry.Fact);
            Assert.True(hash.Span.SequenceEqual(entry.Hash.Span));
        }
    }

    /// <summary>
    /// Counted without a break since it was reserved. Phone contacts are not: unconfirmed they are let go.
    /// </summary>
    private static bool IsHeldFast(KnownContact known) =>
        known.Standing is not Standing.Released && known.Contact.Traits.Channel != "phone";
}
