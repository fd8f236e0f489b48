using System.Text;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using Record = H2H.Throttle.Engine.Records.Record;

namespace H2H.Throttle.Engine.Tests.Lists;

public sealed class ListShelfTests
{
    private const string Policy = """
        channels: [phone, email]
        purposes: { marketing: {} }
        rules: [ { name: registry, list: { name: dnc, max_age: 31 days } } ]
        """;

    private static CancellationToken Cancellation => TrialEngine.Cancellation;

    [Fact]
    public async Task A_list_is_in_use_from_when_its_import_is_answered_and_after_a_restart()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        Assert.Equal(ReasonCode.ListStale, await CodeAsync(trial, Phone(1)));

        ImportResult result = await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1), "", Phone(2), Phone(1)]);

        Assert.Equal((4, 3, 0), (result.Import.Lines, result.Import.Entries, result.Import.Bad));
        Assert.Equal(("dnc", 2, 0), (result.List.Name, result.List.Entries, result.List.Changes));
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(1)));
        Assert.Null(await CodeAsync(trial, Phone(3)));
        await trial.RestartAsync();
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(2)));
        Assert.Null(await CodeAsync(trial, Phone(3)));
        Assert.Equal(2, trial.Engine.Lists.Get("dnc").Entries);
    }

    [Fact]
    public async Task Bad_lines_are_counted_and_the_first_of_them_named_and_the_good_ones_loaded()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        string[] lines = [.. Enumerable.Range(1, 100_000).Select(static i => i % 4 == 0 ? Phone(i) : $"bad {i}")];

        ImportResult result = await ListTrial.ImportAsync(trial.Engine, "bad", lines);

        Assert.Equal((100_000, 25_000, 75_000), (result.Import.Lines, result.Import.Entries, result.Import.Bad));
        Assert.Equal(20, result.Import.BadLines.Length);
        Assert.Equal(new BadLine(1, LineFault.NotAnAddress), result.Import.BadLines[0]);
        Assert.Equal([1, 2, 3, 5, 6], result.Import.BadLines.Take(5).Select(static bad => bad.Number));
        Assert.Equal(25_000, result.List.Entries);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("# nothing", "nobody", "#")]
    public async Task A_file_without_any_address_does_not_replace_a_list_unless_it_is_meant_to(params string[] lines)
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1)]);

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => ListTrial.ImportAsync(trial.Engine, "empty", lines));

        Assert.Equal(ProblemReason.ListEmpty, Assert.Single(refused.Problems).Reason);
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(1)));
        await ListTrial.ImportAsync(trial.Engine, "empty", lines, end: new ImportEnd(lines.Length, AllowsEmpty: true));
        Assert.Null(await CodeAsync(trial, Phone(1)));
    }

    [Fact]
    public async Task Changes_are_applied_in_their_order()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "all", [Phone(1), Phone(2)]);

        await ListTrial.ImportAsync(trial.Engine, "more", [Phone(2), Phone(3)], ImportMode.Add);
        await ListTrial.ImportAsync(trial.Engine, "fewer", [Phone(1), Phone(3), Phone(9)], ImportMode.Remove);
        await ListTrial.ImportAsync(trial.Engine, "nothing new", [], ImportMode.Add);
        ImportResult result = await ListTrial.ImportAsync(trial.Engine, "again", [Phone(1)], ImportMode.Add);

        Assert.Equal((2, 4), (result.List.Entries, result.List.Changes));
        await trial.RestartAsync();
        Assert.Equal(2, trial.Engine.Lists.Get("dnc").Entries);
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(1)));
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(2)));
        Assert.Null(await CodeAsync(trial, Phone(3)));
    }

    [Fact]
    public async Task A_list_is_not_changed_that_there_is_not()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => ListTrial.ImportAsync(trial.Engine, "more", [Phone(1)], ImportMode.Add));

        Assert.Equal((ProblemReason.ListUnknown, "list"), (refused.Problems[0].Reason, refused.Problems[0].Field));
        Assert.Empty(trial.Engine.Lists.List());
    }

    [Fact]
    public async Task An_older_copy_replaces_a_newer_one_only_if_it_is_meant_to()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "today", [Phone(1)]);
        Instant yesterday = TrialEngine.Start - Duration.FromDays(1);

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => ListTrial.ImportAsync(trial.Engine, "yesterday", [Phone(2)], asOf: yesterday));

        Assert.Equal(ProblemReason.ListOlder, Assert.Single(refused.Problems).Reason);
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(1)));
        ImportResult back = await ListTrial.ImportAsync(
            trial.Engine, "yesterday", [Phone(2)], asOf: yesterday, end: new ImportEnd(1, AllowsOlder: true));
        Assert.Equal(yesterday, back.List.AsOf);
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(2)));
    }

    [Fact]
    public async Task Another_engine_over_the_same_store_follows()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        ThrottleEngine other = await trial.SecondAsync();

        await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1)]);
        await other.Lists.Loaded.RefreshAsync(Cancellation);
        Assert.Equal(1, other.Lists.Get("dnc").Entries);
        await ListTrial.ImportAsync(trial.Engine, "second", [Phone(1), Phone(2)]);
        await other.Lists.Loaded.RefreshAsync(Cancellation);
        Assert.Equal(2, other.Lists.Get("dnc").Entries);
        await trial.Engine.Lists.RemoveAsync("dnc", Cancellation);
        await other.Lists.Loaded.RefreshAsync(Cancellation);
        Assert.Empty(other.Lists.List());
    }

    [Fact]
    public async Task Until_another_engine_has_switched_it_decides_by_what_it_has_and_says_so()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        ThrottleEngine other = await trial.SecondAsync();
        await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1)]);
        await other.Lists.Loaded.RefreshAsync(Cancellation);
        trial.Clock.Advance(Duration.FromHours(1));
        await ListTrial.ImportAsync(trial.Engine, "second", [Phone(1), Phone(2)]);

        SuppressionList behind = Assert.Single(await other.Lists.CompareAsync(Cancellation));
        SuppressionList switched = Assert.Single(await trial.Engine.Lists.CompareAsync(Cancellation));
        await other.Lists.Loaded.RefreshAsync(Cancellation);
        SuppressionList followed = Assert.Single(await other.Lists.CompareAsync(Cancellation));

        Assert.Equal((1, TrialEngine.Start + Duration.FromHours(1)), (behind.Entries, behind.NewerSince));
        Assert.Equal((2, null), (switched.Entries, switched.NewerSince));
        Assert.Equal((2, null), (followed.Entries, followed.NewerSince));
    }

    [Fact]
    public async Task Every_switch_is_in_the_journal_once_however_many_notice()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);

        await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1)]);
        await ListTrial.ImportAsync(trial.Engine, "second", [Phone(2)], ImportMode.Add);
        ThrottleEngine other = await trial.SecondAsync();
        await trial.Engine.Lists.RemoveAsync("dnc", Cancellation);
        await other.Lists.Loaded.RefreshAsync(Cancellation);

        Assert.Equal(
            ["list_switched", "list_switched", "list_removed"],
            (await trial.FactsAsync()).Where(static kind => kind.StartsWith("list", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_replaced_is_cleared_away()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "first", [.. Enumerable.Range(0, 70_000).Select(Phone)]);
        Assert.Equal(3, await CountAsync(trial, "list-segment"));

        await ListTrial.ImportAsync(trial.Engine, "second", [Phone(1)]);

        Assert.Equal((1, 1), (await CountAsync(trial, "list-segment"), await CountAsync(trial, "list-layer")));
        await trial.Engine.Lists.RemoveAsync("dnc", Cancellation);
        Assert.Equal((0, 0), (await CountAsync(trial, "list-segment"), await CountAsync(trial, "list-layer")));
    }

    [Fact]
    public async Task No_address_is_stored()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "first", ["+12025550100", "ada@example.com", "not an address"]);

        foreach (string kind in (string[])["list-segment", "list-layer", "list-shelf"])
        {
            await foreach ((RecordKey key, Record record) in trial.Records.ScanAsync(kind, null, Cancellation))
            {
                string text = $"{key} {Encoding.UTF8.GetString(record.Value.Span)}";
                Assert.DoesNotContain("2025550100", text, StringComparison.Ordinal);
                Assert.DoesNotContain("ada", text, StringComparison.Ordinal);
                Assert.DoesNotContain("not an address", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_damaged_list_decides_nothing_and_is_healed_by_importing_it_again()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1)]);
        await foreach ((RecordKey key, Record record) in trial.Records.ScanAsync("list-segment", null, Cancellation))
        {
            await trial.Records.TrySaveAsync(key, record.Version, "rubbish"u8.ToArray(), null, Cancellation);
        }

        await trial.RestartAsync();

        StoreException damage = await Assert.ThrowsAsync<StoreException>(() => CodeAsync(trial, Phone(2)));
        Assert.Equal(StoreFailure.Damaged, damage.Failure);
        Assert.False(trial.Engine.Lists.Get("dnc").IsReadable);
        Assert.NotNull(await trial.Throttler.RecordAsync(null, Draft(Phone(2)), null, null, null, Cancellation));
        await ListTrial.ImportAsync(trial.Engine, "again", [Phone(1)]);
        Assert.Null(await CodeAsync(trial, Phone(2)));
        Assert.Equal(ReasonCode.Listed, await CodeAsync(trial, Phone(1)));
    }

    [Fact]
    public async Task What_is_exported_is_imported_where_the_key_is_the_same()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        await ListTrial.ImportAsync(trial.Engine, "first", [Phone(1), Phone(2)]);

        (SuppressionList list, IEnumerable<System.Collections.Immutable.ImmutableArray<ulong>> hashes) =
            trial.Engine.Lists.Export("dnc");
        string[] lines = [.. hashes.SelectMany(static piece => piece).Select(LineReader.Write)];
        ImportDraft draft = new()
        {
            List = "copy", AsOf = list.AsOf, KeyId = trial.Engine.Lists.KeyId,
        };
        ImportResult copied = await ListTrial.ImportAsync(trial.Engine, draft, lines);

        Assert.Equal(2, copied.List.Entries);
        Assert.Equal(hashes.SelectMany(static piece => piece),
            trial.Engine.Lists.Export("copy").Hashes.SelectMany(static piece => piece));
        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => ListTrial.ImportAsync(trial.Engine, draft with { KeyId = "another" }, lines));
        Assert.Equal(ProblemReason.IdentityKeyDiffers, refused.Problems[0].Reason);
    }

    [Theory]
    [InlineData(null, "2026-03-01T00:00:00Z", "+1", "list", ProblemReason.IdMalformed)]
    [InlineData("do not call", "2026-03-01T00:00:00Z", "+1", "list", ProblemReason.IdMalformed)]
    [InlineData("dnc", null, "+1", "import.as_of", ProblemReason.FieldMissing)]
    [InlineData("dnc", "2026-03-02T09:02:00Z", "+1", "import.as_of", ProblemReason.TimeOutOfRange)]
    [InlineData("dnc", "1980-03-02T09:02:00Z", "+1", "import.as_of", ProblemReason.TimeOutOfRange)]
    [InlineData("dnc", "2026-03-01T00:00:00Z", "1", "import.country_code", ProblemReason.IdMalformed)]
    [InlineData("dnc", "2026-03-01T00:00:00Z", "+1234", "import.country_code", ProblemReason.IdMalformed)]
    public async Task An_import_that_makes_no_sense_is_refused(
        string? list, string? asOf, string code, string field, ProblemReason reason)
    {
        await using TrialEngine trial = await TrialEngine.StartAsync(Policy);
        Instant? instant = asOf is null ? null : NodaTime.Text.InstantPattern.ExtendedIso.Parse(asOf).Value;
        ImportDraft draft = new() { List = list, AsOf = instant, CountryCode = code };

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => trial.Engine.Lists.ImportAsync(draft, Cancellation).AsTask());

        Assert.Equal((reason, field), (refused.Problems[0].Reason, refused.Problems[0].Field));
    }

    private static string Phone(int number) => ListTrial.Phone(number);

    private static ContactDraft Draft(string address) =>
        TrialEngine.Draft("phone") with { Address = address };

    /// <summary>The code of the reason, or null if the contact is allowed.</summary>
    private static async Task<ReasonCode?> CodeAsync(TrialEngine trial, string address) =>
        (await trial.Throttler.CheckAsync(Draft(address), null, null, Cancellation)).Verdict.Decision
            is Decision.Denied denied
            ? Assert.Single(denied.Reasons).Code
            : null;

    private static async Task<int> CountAsync(TrialEngine trial, string kind)
    {
        int count = 0;
        await foreach (KeyValuePair<RecordKey, Record> _ in trial.Records.ScanAsync(kind, null, Cancellation))
        {
            count++;
        }

        return count;
    }
}
