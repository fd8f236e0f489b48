using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class TimeWordingTests
{
    public static TheoryData<string, string[]> Windows() => new()
    {
        { "rolling 1s", ["a second", "al secondo", "in der Sekunde", "par seconde"] },
        { "rolling 45s", ["in 45 seconds", "in 45 secondi", "in 45 Sekunden", "en 45 secondes"] },
        { "rolling 90m", ["in 90 minutes", "in 90 minuti", "in 90 Minuten", "en 90 minutes"] },
        { "PT1H", ["an hour", "all’ora", "in der Stunde", "par heure"] },
        { "rolling 24h", ["in 24 hours", "in 24 ore", "in 24 Stunden", "en 24 heures"] },
        { "P1D", ["in 24 hours", "in 24 ore", "in 24 Stunden", "en 24 heures"] },
        { "rolling 36h", ["in 36 hours", "in 36 ore", "in 36 Stunden", "en 36 heures"] },
        { "rolling 1w", ["in 7 days", "in 7 giorni", "in 7 Tagen", "en 7 jours"] },
        { "rolling 1mo", ["a month", "al mese", "im Monat", "par mois"] },
        { "rolling 18mo", ["in 18 months", "in 18 mesi", "in 18 Monaten", "en 18 mois"] },
        { "rolling 1y", ["a year", "all’anno", "im Jahr", "par an"] },
        { "rolling 2y", ["in 2 years", "in 2 anni", "in 2 Jahren", "en 2 ans"] },
        { "last 1 day", ["a day", "al giorno", "am Tag", "par jour"] },
        { "last 7 days", ["in 7 days", "in 7 giorni", "in 7 Tagen", "en 7 jours"] },
        { "last 2 years", ["in 2 years", "in 2 anni", "in 2 Jahren", "en 2 ans"] },
        {
            "last 6 months and 1 day",
            ["in 6 months and a day", "in 6 mesi e un giorno", "in 6 Monaten und einem Tag", "en 6 mois et un jour"]
        },
        { "calendar hour", ["an hour", "all’ora", "in der Stunde", "par heure"] },
        { "calendar day", ["a day", "al giorno", "am Tag", "par jour"] },
        { "calendar week", ["a week", "alla settimana", "in der Woche", "par semaine"] },
        { "calendar 2 weeks", ["in 2 weeks", "in 2 settimane", "in 2 Wochen", "en 2 semaines"] },
        { "calendar month", ["a month", "al mese", "im Monat", "par mois"] },
        { "calendar quarter", ["a quarter", "al trimestre", "im Quartal", "par trimestre"] },
        { "calendar 2 quarters", ["in 2 quarters", "in 2 trimestri", "in 2 Quartalen", "en 2 trimestres"] },
        { "calendar year", ["a year", "all’anno", "im Jahr", "par an"] },
        { "lifetime", ["in all", "in tutto", "insgesamt", "en tout"] },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Every_window_is_told_in_plain_words_of_each_language(string text, string[] words)
    {
        Assert.True(WindowText.TryRead(text, out Window? window));

        Assert.Equal(
            ["at most 3 times ", "al massimo 3 volte ", "höchstens 3-mal ", "au plus 3 fois "],
            WordsOf(new PersonLimit(Scope.Everything, 3, window)).Select((said, i) => said[..^words[i].Length]));
        Assert.Equal(
            [
                $"at most once {words[0]}", $"al massimo una volta {words[1]}", $"höchstens einmal {words[2]}",
                $"au plus une fois {words[3]}",
            ],
            WordsOf(new PersonLimit(Scope.Everything, 1, window)));
    }

    [Theory]
    [InlineData(
        "daily 22:00-08:00",
        "every day, 22:00 to 08:00",
        "ogni giorno, dalle 22:00 alle 08:00",
        "jeden Tag, 22:00 bis 08:00 Uhr",
        "chaque jour, de 22:00 à 08:00")]
    [InlineData(
        "sat-sun all; mon-fri 15:00-17:00",
        "Monday to Friday, 15:00 to 17:00; Saturday, Sunday, all day",
        "da lunedì a venerdì, dalle 15:00 alle 17:00; sabato, domenica, tutto il giorno",
        "Montag bis Freitag, 15:00 bis 17:00 Uhr; Samstag, Sonntag, ganztägig",
        "du lundi au vendredi, de 15:00 à 17:00; samedi, dimanche, toute la journée")]
    [InlineData(
        "mon, wed-fri, sun 09:30-12:00, 20:00-24:00",
        "Monday, Wednesday to Friday, Sunday, 09:30 to 12:00, 20:00 to 24:00",
        "lunedì, da mercoledì a venerdì, domenica, dalle 09:30 alle 12:00, dalle 20:00 alle 24:00",
        "Montag, Mittwoch bis Freitag, Sonntag, 09:30 bis 12:00 Uhr, 20:00 bis 24:00 Uhr",
        "lundi, du mercredi au vendredi, dimanche, de 09:30 à 12:00, de 20:00 à 24:00")]
    public void Quiet_times_are_told_in_plain_words_of_each_language(string text, params string[] words)
    {
        QuietTimes times = QuietText.Read(text, out _)!;

        Assert.Equal(words, WordsOf(new PersonQuiet(Scope.Everything, times.Schedule, times.Text, null)));
    }

    [Fact]
    public void What_ends_tells_its_last_day()
    {
        QuietTimes times = QuietText.Read("sun all", out _)!;

        Assert.Equal(
            [
                "Sunday, all day; until 1 January 2027", "domenica, tutto il giorno; ultimo giorno: 1º gennaio 2027",
                "Sonntag, ganztägig; bis zum 1. Januar 2027", "dimanche, toute la journée ; jusqu’au 1er janvier 2027",
            ],
            WordsOf(new PersonQuiet(Scope.Everything, times.Schedule, times.Text, new LocalDate(2027, 1, 1))));
    }

    private static IEnumerable<string> WordsOf(PersonLimit limit) =>
        PageTexts.All.Select(texts => new TimeWording(texts).Of(limit));

    private static IEnumerable<string> WordsOf(PersonQuiet quiet) =>
        PageTexts.All.Select(texts => new TimeWording(texts).Of(quiet));
}
