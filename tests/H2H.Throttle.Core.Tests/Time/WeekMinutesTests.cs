using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class WeekMinutesTests
{
    private const int Week = 7 * 24 * 60;

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(Week - 1)]
    public void Clocks_that_are_apart_share_no_single_minute_and_clocks_together_do(int minute)
    {
        WeekMinutes one = new((day, ofDay) => (day * 1440) + ofDay == minute);

        Assert.True(one.HaveCommon([]));
        Assert.True(one.HaveCommon([0]));
        Assert.True(one.HaveCommon([-600, -600]));
        Assert.True(one.HaveCommon([845]));
        Assert.False(one.HaveCommon([0, 1]));
        Assert.False(one.HaveCommon([-1, 0]));
    }

    [Fact]
    public void Without_a_minute_nothing_is_shared_but_by_nobody()
    {
        WeekMinutes none = new(static (_, _) => false);

        Assert.True(none.HaveCommon([]));
        Assert.False(none.HaveCommon([60]));
    }

    [Fact]
    public void It_is_as_trying_every_minute_says()
    {
        Random dice = new(7);
        int shared = 0;
        for (int i = 0; i < 300; i++)
        {
            bool[] inside =
                [.. Enumerable.Range(0, Week / 20).SelectMany(_ => Enumerable.Repeat(dice.Next(5) > 2, 20))];
            int[] ahead = [.. Enumerable.Range(0, dice.Next(1, 14)).Select(_ => dice.Next(-720, 845))];

            bool isShared = new WeekMinutes((day, minute) => inside[(day * 1440) + minute]).HaveCommon(ahead);

            bool expected = Enumerable.Range(0, Week)
                .Any(minute => ahead.All(by => inside[(minute + by + Week) % Week]));
            Assert.Equal(expected, isShared);
            shared += isShared ? 1 : 0;
        }

        Assert.InRange(shared, 50, 299);
    }
}
