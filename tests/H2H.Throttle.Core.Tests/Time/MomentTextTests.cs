using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class MomentTextTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly MomentText Moments = new(DateTimeZoneProviders.Tzdb["Europe/Rome"]);

    /// <summary>What begins within a second is not yet so at its start.</summary>
    [Theory]
    [InlineData(0, "Mon 2 Mar 2026, 13:00", "Mon 2 Mar 2026, 13:00")]
    [InlineData(1, "Mon 2 Mar 2026, 13:00", "Mon 2 Mar 2026, 13:00:01")]
    [InlineData(1000, "Mon 2 Mar 2026, 13:00:01", "Mon 2 Mar 2026, 13:00:01")]
    [InlineData(59_999, "Mon 2 Mar 2026, 13:00:59", "Mon 2 Mar 2026, 13:01")]
    public void Time_is_told_to_the_second_and_a_start_never_too_early(int milliseconds, string at, string start)
    {
        Instant then = Noon + Duration.FromMilliseconds(milliseconds);

        Assert.Equal(at, Moments.Write(then));
        Assert.Equal(start, Moments.WriteStart(then));
        Assert.Equal("Europe/Rome", Moments.ZoneName);
    }
}
