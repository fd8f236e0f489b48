using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Contacts;

public sealed class AttemptTests
{
    private static readonly ContactTraits Email = new("email", "marketing");

    [Theory]
    [InlineData(1)]
    [InlineData(Attempt.WeightMax)]
    public void Weight_may_be_as_light_and_as_heavy_as_that(int weight) =>
        Assert.Equal(weight, new Attempt(Email, default, weight).Weight);

    [Theory]
    [InlineData(0)]
    [InlineData(Attempt.WeightMax + 1)]
    public void Weight_past_its_bounds_is_refused(int weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Attempt(Email, default(Instant), weight));

    [Fact]
    public void Contact_without_traits_is_refused() =>
        Assert.Throws<ArgumentNullException>(static () => new Attempt(null!, default));
}
