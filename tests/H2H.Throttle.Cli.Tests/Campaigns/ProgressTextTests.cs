using H2H.Throttle.Cli.Campaigns;

namespace H2H.Throttle.Cli.Tests.Campaigns;

public sealed class ProgressTextTests
{
    [Theory]
    [InlineData(200, "1,004 lines, 12/s, errors 1, allowed 1,000, weekly 2, nights 1")]
    [InlineData(60, "1,004 lines, 12/s, errors 1, allowed 1,000, weekly 2")]
    [InlineData(45, "1,004 lines, 12/s, errors 1, allowed 1,000")]
    [InlineData(20, "1,004 lines, 12/s")]
    [InlineData(5, "1,004 lines")]
    public void What_does_not_fit_is_left_out(int room, string text)
    {
        CampaignTally tally = new();
        for (int line = 1; line <= 1000; line++)
        {
            tally.Count(Row(line, VerdictRow.Allow, ""));
        }

        tally.Count(Row(1001, VerdictRow.Deny, "nights"));
        tally.Count(Row(1002, VerdictRow.Deny, "weekly"));
        tally.Count(Row(1003, VerdictRow.Deny, "weekly"));
        tally.Count(Row(1004, VerdictRow.Error, ""));

        Assert.Equal(text, ProgressText.Of(tally, rate: 12.3, room));
    }

    private static VerdictRow Row(long line, string verdict, string rule) => new()
    {
        Line = line, PersonId = "ann", Verdict = verdict, Rule = rule, RequestId = VerdictRow.RequestIdOf("r", line),
    };
}
