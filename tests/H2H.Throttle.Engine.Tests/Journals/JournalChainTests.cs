using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Journals;

public sealed class JournalChainTests
{
    private static readonly JournalFact Fact =
        new("f1", Instant.FromUtc(2026, 3, 2, 9, 0), "opt_out", "p1", "{}"u8.ToArray());

    [Fact]
    public void Hash_depends_on_every_part_of_the_fact_and_on_what_came_before()
    {
        JournalFact[] others =
        [
            new("f2", Fact.At, Fact.Kind, Fact.Subject, Fact.Data),
            new(Fact.Id, Fact.At.PlusTicks(1), Fact.Kind, Fact.Subject, Fact.Data),
            new(Fact.Id, Fact.At, "opt_in", Fact.Subject, Fact.Data),
            new(Fact.Id, Fact.At, Fact.Kind, "p2", Fact.Data),
            new(Fact.Id, Fact.At, Fact.Kind, Fact.Subject, "{ }"u8.ToArray()),
        ];

        string first = Hash(JournalChain.Root, Fact);

        Assert.All(others, other => Assert.NotEqual(first, Hash(JournalChain.Root, other)));
        Assert.NotEqual(first, Hash(JournalChain.Next(JournalChain.Root, Fact), Fact));
        Assert.Equal(first, Hash(JournalChain.Root, Fact));
    }

    private static string Hash(ReadOnlyMemory<byte> previous, JournalFact fact) =>
        Convert.ToHexString(JournalChain.Next(previous, fact).Span);
}
