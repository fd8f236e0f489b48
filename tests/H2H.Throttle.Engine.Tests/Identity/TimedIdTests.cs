using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Identity;

public sealed class TimedIdTests
{
    [Fact]
    public async Task Ids_of_many_threads_are_all_others_and_of_version_7_and_bear_their_time()
    {
        Instant at = Instant.FromUtc(2026, 3, 2, 9, 0) + Duration.FromMilliseconds(7);

        string[][] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 2000).Select(_ => TimedId.New(at)).ToArray())));

        string[] ids = [.. made.SelectMany(static some => some)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id =>
        {
            Guid read = Guid.ParseExact(id, "N");
            Assert.Equal((7, id), (read.Version, $"{read:N}"));
            Assert.InRange(read.Variant, 8, 11);
            Assert.Equal(at.ToUnixTimeMilliseconds(), Convert.ToInt64(id[..12], 16));
        });
    }
}
