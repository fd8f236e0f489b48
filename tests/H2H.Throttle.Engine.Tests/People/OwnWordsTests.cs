using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class OwnWordsTests
{
    private static readonly Scope Phone = new("phone");

    [Fact]
    public async Task A_change_is_told_a_scope_and_what_stays_as_it_was_is_not_told_again()
    {
        await using TrialEngine trial = await StartAsync();
        LimitDraft weekly = new(Scope.Everything, 1, "calendar week");
        LimitDraft calls = new(Phone, 2, "rolling 30d");

        await SetAsync(trial, new PersonDraft { Limits = [weekly, calls] });
        await SetAsync(trial, new PersonDraft { Limits = [weekly, calls, new(Phone, 1, "last 6 months and 1 day")] });
        await SetAsync(trial, new PersonDraft { Limits = [weekly] });
        await SetAsync(trial, new PersonDraft { Limits = [weekly] });

        Assert.Equal(
            [
                (Scope.Everything, "1 in calendar week"),
                (Phone, "2 in rolling 30d"),
                (Phone, "2 in rolling 30d / 1 in last 6 months and 1 day"),
                (Phone, "none"),
            ],
            (await HistoryAsync(trial)).Select(static entry => (entry.Scope, entry.Wish)));
    }

    [Fact]
    public async Task What_was_wished_for_is_read_as_it_was_meant()
    {
        await using TrialEngine trial = await StartAsync();
        await SetAsync(trial, new PersonDraft
        {
            Limits = [new(Phone, 2, "P30D"), new(Phone, 1, "last 6 months and 1 day")],
            QuietTimes =
            [
                new(Phone, "mon-fri 15:00-17:00, 19:00-20:00; sat all", "2026-12-31"),
                new(Phone, "daily 22:00-08:00", null),
            ],
        });

        HistoryEntry[] said = await HistoryAsync(trial);

        Core.People.Person known = await trial.Engine.People.GetAsync("ada", Cancellation);
        Assert.Equal(known.Limits, OwnWords.LimitsIn(said[0]));
        Assert.Equal(known.QuietTimes, OwnWords.QuietTimesIn(said[1]));
    }

    [Fact]
    public async Task What_is_too_long_to_keep_is_told_as_a_change_and_no_more()
    {
        await using TrialEngine trial = await StartAsync();
        string hours = string.Join(", ", Enumerable.Range(0, 22).Select(static hour => $"{hour:00}:00-{hour:00}:30"));
        PersonDraft draft = new()
        {
            QuietTimes = [new(Phone, $"mon {hours}", null), new(Phone, $"tue {hours}", null)],
        };

        await SetAsync(trial, draft);

        HistoryEntry said = Assert.Single(await HistoryAsync(trial));
        Assert.Equal((HistoryKind.QuietTimes, null), (said.Kind, said.Wish));
        Assert.Empty(OwnWords.QuietTimesIn(said));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("2")]
    [InlineData("x in calendar week")]
    [InlineData("-2 in calendar week")]
    [InlineData("1001 in calendar week")]
    [InlineData("2 in some time")]
    [InlineData("sun never")]
    public void What_says_neither_is_neither(string text)
    {
        HistoryEntry entry = new(HistoryKind.Limits, Phone, Instant.MinValue) { Wish = text };

        Assert.Empty(OwnWords.LimitsIn(entry));
        Assert.Empty(OwnWords.QuietTimesIn(entry));
    }

    private static async Task SetAsync(TrialEngine trial, PersonDraft draft) =>
        await trial.Engine.People.UpdateAsync(null, "ada", draft, null, Cancellation);

    private static async Task<HistoryEntry[]> HistoryAsync(TrialEngine trial) =>
        [.. (await trial.Consent.GetAsync("ada", null, Cancellation)).History];
}
