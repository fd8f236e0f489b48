using H2H.Throttle.Engine.Webhooks;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Webhooks;

public sealed class WebhookPlanTests
{
    private static readonly WebhookPlan Plan = new(
        16, Duration.FromSeconds(1), Duration.FromMinutes(15), Duration.FromSeconds(15));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(10, 512)]
    [InlineData(11, 900)]
    [InlineData(100_000, 900)]
    public void Pauses_double_up_to_the_longest_and_chance_halves_them_at_most(int failures, int seconds)
    {
        Assert.Equal(Duration.FromSeconds(seconds), Plan.PauseAfter(failures, null, 1));
        Assert.Equal(Duration.FromSeconds(seconds) / 2, Plan.PauseAfter(failures, null, 0));
    }

    [Fact]
    public void What_a_receiver_asks_for_is_honoured_within_bounds()
    {
        Assert.Equal(Duration.FromMinutes(30), Plan.PauseAfter(1, Duration.FromMinutes(30), 0));
        Assert.Equal(Duration.FromHours(1), Plan.PauseAfter(1, Duration.FromDays(3), 0));
        Assert.Equal(Duration.FromSeconds(1), Plan.PauseAfter(9, Duration.FromDays(-3), 0));
    }
}
