using H2H.Throttle.Server.PublicPages;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class ColourTests
{
    [Theory]
    [InlineData("#1d6b57")]
    [InlineData("#ffff00")]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#808080")]
    [InlineData("#00ff7f")]
    public void Whatever_colour_is_set_can_be_read_on_light_and_dark(string text)
    {
        foreach (Colour ground in new[] { Colour.White, new Colour(29, 33, 37) })
        {
            Colour colour = Colour.Parse(text).ReadableOn(ground);

            Assert.InRange(colour.Contrast(ground), Colour.ContrastMin, 21);
            Assert.InRange(colour.Ink().Contrast(colour), Colour.ContrastMin, 21);
        }
    }

    [Fact]
    public void What_can_be_read_stays_as_it_is()
    {
        Assert.Equal("#1d6b57", Colour.Parse("#1D6B57").ReadableOn(Colour.White).ToString());
        Assert.Equal(21, Colour.White.Contrast(Colour.Black), 3);
    }
}
