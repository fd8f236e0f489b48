using H2H.Throttle.Cli.Campaigns;

namespace H2H.Throttle.Cli.Tests.Campaigns;

public sealed class CampaignBarTests
{
    [Theory]
    [InlineData(0.5, 200, "████████████░░░░░░░░░░░░   50%  01:02:03")]
    [InlineData(0.5, 30, "██████░░░░░░   50%  01:02:03")]
    [InlineData(0.999, 10, "███░   99%  01:02:03")]
    [InlineData(1.2, 10, "████  100%  01:02:03")]
    public void It_is_as_wide_as_there_is_room_and_can_be_read_without_colours(double share, int columns, string text)
    {
        string line = CampaignBar.Line(share, new TimeSpan(1, 2, 3), columns);

        Assert.Equal(text, Spectre.Console.Markup.Remove(line));
    }

    [Fact]
    public void What_takes_days_is_told_in_days_and_what_is_not_known_is_not_told()
    {
        Assert.EndsWith("  3.01:00:00", CampaignBar.Line(0.1, new TimeSpan(3, 1, 0, 0), 80), StringComparison.Ordinal);
        Assert.EndsWith("  --:--:--", CampaignBar.Line(0.1, null, 80), StringComparison.Ordinal);
    }
}
