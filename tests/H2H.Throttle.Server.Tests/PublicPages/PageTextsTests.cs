using System.Text.RegularExpressions;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed partial class PageTextsTests
{
    [Fact]
    public void Every_language_says_everything_with_the_same_places()
    {
        PageTexts english = PageTexts.All[0];
        foreach (PageTexts texts in PageTexts.All)
        {
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            foreach (string key in english.Keys)
            {
                Assert.False(string.IsNullOrWhiteSpace(texts[key]), $"{texts.Language} {key}");
                Assert.Equal(PlacesIn(english[key]), PlacesIn(texts[key]));
            }

            Assert.Equal(12, texts["months"].Split(' ').Length);
            Assert.Equal(7, texts["days"].Split(' ').Length);
        }
    }

    [Fact]
    public void Every_wish_and_kind_of_history_has_its_words()
    {
        foreach (PageTexts texts in PageTexts.All)
        {
            Assert.All(OwnWish.Names, wish => Assert.NotEmpty(texts[$"done_{wish}"]));
            Assert.All(Enum.GetValues<HistoryKind>(), kind => Assert.NotEmpty(texts[$"said_{(int)kind}"]));
            Assert.All(OwnWish.Limits, limit => Assert.NotEmpty(texts[$"often_{limit.Name}"]));
        }
    }

    [Fact]
    public void Times_are_written_as_people_write_them()
    {
        DateTimeZone rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
        Instant instant = Instant.FromUtc(2026, 3, 2, 8, 5);

        Assert.Equal(
            ["2 March 2026, 09:05", "2 marzo 2026, ore 09:05", "2. März 2026, 09:05 Uhr", "2 mars 2026 à 09:05"],
            PageTexts.All.Select(texts => texts.Write(instant, rome)));
        Assert.Equal(
            ["1 March 2026, 09:05", "1º marzo 2026, ore 09:05", "1. März 2026, 09:05 Uhr", "1er mars 2026 à 09:05"],
            PageTexts.All.Select(texts => texts.Write(instant - Duration.FromDays(1), rome)));
    }

    private static IEnumerable<string> PlacesIn(string text) =>
        Place().Matches(text).Select(static match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
