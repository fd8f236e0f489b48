using H2H.Throttle.Engine.Lists;

namespace H2H.Throttle.Engine.Tests.Lists;

public sealed class AddressSetTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(31, 4)]
    [InlineData(32, 5)]
    [InlineData(100_000, 6)]
    public void It_holds_what_it_was_made_of_and_nothing_else(int count, int seed)
    {
        Random random = new(seed);
        ulong[] hashes = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() * 2)];

        AddressSet set = AddressSet.Of([.. hashes, .. hashes.Take(count / 2)]);

        Assert.Equal(hashes.Distinct().Order(), set.Entries.ToArray());
        Assert.All(hashes, hash => Assert.True(set.Contains(hash)));
        Assert.All(hashes, hash => Assert.False(set.Contains(hash + 1)));
        Assert.Equal(count == 0, !set.Contains(hashes.FirstOrDefault()));
    }

    [Fact]
    public void It_finds_its_ends()
    {
        AddressSet set = AddressSet.Of([.. Ends(), .. Enumerable.Range(0, 5000).Select(static i => (ulong)i << 50)]);

        Assert.All(Ends(), hash => Assert.True(set.Contains(hash)));
        Assert.False(set.Contains(2));
        Assert.False(set.Contains(ulong.MaxValue - 2));
    }

    [Fact]
    public void Sets_are_joined_and_taken_off_each_other_as_sets_are()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            ulong[] ours = Hashes(random);
            ulong[] theirs = Hashes(random);

            AddressSet both = AddressSet.Of([.. ours]).Union(AddressSet.Of([.. theirs]));
            AddressSet left = AddressSet.Of([.. ours]).Except(AddressSet.Of([.. theirs]));

            Assert.Equal(ours.Union(theirs).Order(), both.Entries.ToArray());
            Assert.Equal(ours.Except(theirs).Order(), left.Entries.ToArray());
        }
    }

    [Fact]
    public void An_entry_takes_less_than_ten_bytes_of_memory_by_its_own_count_and_by_the_runtimes()
    {
        const int Count = 500_000;
        Random random = new(7);
        ulong[] hashes = [.. Enumerable.Range(0, Count).Select(_ => (ulong)random.NextInt64())];

        long before = GC.GetAllocatedBytesForCurrentThread();
        AddressSet set = AddressSet.Of((ulong[])hashes.Clone());
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.InRange(set.Bytes, 8L * set.Count, 9L * set.Count);
        Assert.InRange(after - before, 8L * set.Count, 10L * set.Count);
        Assert.True(set.Contains(hashes[0]));
    }

    private static ulong[] Ends() => [0, 1, ulong.MaxValue - 1, ulong.MaxValue];

    private static ulong[] Hashes(Random random) =>
        [.. Enumerable.Range(0, random.Next(60)).Select(_ => (ulong)random.Next(50) << 58)];
}
