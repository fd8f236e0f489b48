using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Lists;

/// <summary>Imports that are broken off, taken over, repeated, and run at once.</summary>
public sealed class ListImportTests
{
    private static readonly ImportDraft Draft = new() { ImportId = "one", List = "dnc", AsOf = TrialEngine.Start };
    private static readonly string[] Lines = [.. Enumerable.Range(0, 100_000).Select(ListTrial.Phone)];

    private static CancellationToken Cancellation => TrialEngine.Cancellation;

    [Fact]
    public async Task An_import_that_was_broken_off_goes_on_where_its_last_piece_ended_after_a_restart_too()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        ListImport broken = await trial.Engine.Lists.ImportAsync(Draft, Cancellation);
        await broken.AddAsync(1, Lines[..70_000], Cancellation);
        await trial.RestartAsync();

        ImportProgress progress = await trial.Engine.Lists.ProgressAsync("dnc", "one", Cancellation);
        Assert.Equal((65_536, false), (progress.Lines, progress.IsInForce));
        Assert.Empty(trial.Engine.Lists.List());
        ListImport resumed = await trial.Engine.Lists.ImportAsync(Draft, Cancellation);
        await resumed.AddAsync(60_001, Lines[60_000..], Cancellation);
        ImportResult result = await resumed.FinishAsync(new ImportEnd(Lines.Length), Cancellation);

        Assert.Equal((100_000, 100_000), (result.Import.Lines, result.List.Entries));
        Assert.True((await trial.Engine.Lists.ProgressAsync("dnc", "one", Cancellation)).IsInForce);
    }

    [Fact]
    public async Task Lines_that_are_missing_are_asked_for()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        ListImport import = await trial.Engine.Lists.ImportAsync(Draft, Cancellation);
        await import.AddAsync(1, Lines[..3], Cancellation);

        RequestException gap = await Assert.ThrowsAsync<RequestException>(
            () => import.AddAsync(5, Lines[4..6], Cancellation).AsTask());
        RequestException few = await Assert.ThrowsAsync<RequestException>(
            () => import.FinishAsync(new ImportEnd(4), Cancellation).AsTask());

        Assert.Equal((ProblemReason.LinesMissing, "lines.first"), (gap.Problems[0].Reason, gap.Problems[0].Field));
        Assert.Contains("4 is the next line", gap.Message, StringComparison.Ordinal);
        Assert.Equal((ProblemReason.LinesMissing, "end.lines"), (few.Problems[0].Reason, few.Problems[0].Field));
    }

    [Fact]
    public async Task Whoever_goes_on_with_an_import_takes_it_away_from_the_connection_before()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        ListImport old = await trial.Engine.Lists.ImportAsync(Draft, Cancellation);
        await old.AddAsync(1, Lines[..40_000], Cancellation);

        ListImport now = await trial.Engine.Lists.ImportAsync(Draft, Cancellation);
        RequestException taken = await Assert.ThrowsAsync<RequestException>(
            () => old.AddAsync(40_001, Lines[40_000..], Cancellation).AsTask());
        await now.AddAsync(32_769, Lines[32_768..], Cancellation);
        ImportResult result = await now.FinishAsync(new ImportEnd(Lines.Length), Cancellation);

        Assert.Equal(ProblemReason.Contended, taken.Problems[0].Reason);
        Assert.Equal(100_000, result.List.Entries);
    }

    [Fact]
    public async Task An_import_that_is_repeated_is_answered_alike_and_other_content_under_its_id_is_refused()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        ImportResult first = await ListTrial.ImportAsync(trial.Engine, Draft, Lines[..5]);

        ImportResult again = await ListTrial.ImportAsync(trial.Engine, Draft, Lines[..5]);
        RequestException reused = await Assert.ThrowsAsync<RequestException>(() => ListTrial.ImportAsync(
            trial.Engine, Draft with { AsOf = TrialEngine.Start - Duration.FromDays(1) }, Lines[..5]));

        Assert.Equal((first.List, first.Import.Lines), (again.List, again.Import.Lines));
        Assert.Equal(ProblemReason.RequestIdReused, reused.Problems[0].Reason);
    }

    [Fact]
    public async Task Of_two_imports_at_once_the_list_is_one_or_the_other_and_whole()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        ThrottleEngine other = await trial.SecondAsync();

        await Task.WhenAll(
            Task.Run(() => ListTrial.ImportAsync(trial.Engine, Draft, Lines[..50_000])),
            Task.Run(() => ListTrial.ImportAsync(other, Draft with { ImportId = "two" }, Lines[50_000..90_000])));
        await trial.Engine.Lists.Loaded.RefreshAsync(Cancellation);
        await other.Lists.Loaded.RefreshAsync(Cancellation);

        Assert.Contains(trial.Engine.Lists.Get("dnc").Entries, (long[])[50_000, 40_000]);
        Assert.Equal(trial.Engine.Lists.Get("dnc").Entries, other.Lists.Get("dnc").Entries);
    }

    [Fact]
    public async Task An_import_that_nobody_goes_on_with_is_given_up()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        ListImport forgotten = await trial.Engine.Lists.ImportAsync(Draft, Cancellation);
        await forgotten.AddAsync(1, Lines[..40_000], Cancellation);

        trial.Clock.Advance(Duration.FromHours(49));
        await ListTrial.ImportAsync(trial.Engine, Draft with { ImportId = "two" }, Lines[..5]);

        Assert.Equal(0, (await trial.Engine.Lists.ProgressAsync("dnc", "one", Cancellation)).Lines);
        RequestException gone = await Assert.ThrowsAsync<RequestException>(
            () => forgotten.FinishAsync(new ImportEnd(40_000), Cancellation).AsTask());
        Assert.Equal(ProblemReason.Contended, gone.Problems[0].Reason);
    }
}
