using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class OutcomeFilterTests
{
    private static readonly string[] NeverArrived =
        ["bounced", "no_answer", "busy", "not_in_service", "dropped", "voicemail_full"];

    private static readonly string[] Outcomes = ["sent", "busy", "refused", "another"];

    [Fact]
    public void What_did_not_arrive_stops_counting_where_only_that_counts_which_was_delivered()
    {
        foreach (string outcome in NeverArrived)
        {
            Assert.True(OutcomeFilter.Attempted.Counts(outcome), outcome);
            Assert.False(OutcomeFilter.Delivered.Counts(outcome), outcome);
            Assert.False(OutcomeFilter.Connected.Counts(outcome), outcome);
        }

        Assert.True(OutcomeFilter.Delivered.Counts("voicemail"));
        Assert.False(OutcomeFilter.Connected.Counts("voicemail"));
    }

    [Fact]
    public void What_is_not_known_yet_and_what_went_well_counts_for_each()
    {
        OutcomeFilter[] presets = [OutcomeFilter.Attempted, OutcomeFilter.Delivered, OutcomeFilter.Connected];
        foreach (OutcomeFilter filter in presets)
        {
            Assert.True(filter.Counts(null));
            Assert.True(filter.Counts("sent"));
            Assert.True(filter.Counts("conversation"));
        }
    }

    [Fact]
    public void Named_outcomes_count_alone_or_not_at_all()
    {
        OutcomeFilter refused = OutcomeFilter.Only(["refused"]);
        OutcomeFilter sent = OutcomeFilter.Except(["sent"]);

        Assert.Equal([true, true, true, false], CountedBy(refused, null, "sent", "refused", "delivered"));
        Assert.Equal([true, false, true, true], CountedBy(sent, null, "sent", "refused", "delivered"));
        Assert.Equal([true, true, false], CountedBy(OutcomeFilter.Only([]), null, "sent", "delivered"));
        Assert.Equal([true, true, true], CountedBy(OutcomeFilter.Except([]), null, "sent", "delivered"));
    }

    /// <remarks>
    /// To name <c>sent</c> among what counts alone says nothing, for it counts until more is known; it is not asked.
    /// </remarks>
    [Fact]
    public void One_covers_another_if_all_that_counts_for_that_counts_for_it()
    {
        OutcomeFilter[] filters =
        [
            .. Sets().SelectMany(static set => new[] { OutcomeFilter.Only(set), OutcomeFilter.Except(set) }),
        ];
        OutcomeFilter[] others =
        [
            .. Sets().Select(OutcomeFilter.Except),
            .. Sets().Where(static set => !set.Contains("sent")).Select(OutcomeFilter.Only),
        ];
        foreach ((OutcomeFilter one, OutcomeFilter other) in
            from one in filters from other in others select (one, other))
        {
            bool covers = Outcomes.All(outcome => one.Counts(outcome) || !other.Counts(outcome));
            Assert.Equal(covers, one.Covers(other));
        }
    }

    /// <remarks>What is merely sent is not asked, as above.</remarks>
    [Fact]
    public void Two_together_let_count_what_each_of_them_does()
    {
        OutcomeFilter[] filters =
        [
            .. Sets().SelectMany(static set => new[] { OutcomeFilter.Only(set), OutcomeFilter.Except(set) }),
        ];
        foreach ((OutcomeFilter one, OutcomeFilter other) in
            from one in filters from other in filters select (one, other))
        {
            Assert.All(
                Outcomes[1..],
                outcome => Assert.Equal(
                    one.Counts(outcome) && other.Counts(outcome), one.And(other).Counts(outcome)));
        }
    }

    /// <summary>Every set of the first three; the last stands for all that nobody names.</summary>
    private static IEnumerable<ImmutableHashSet<string>> Sets() =>
        from sent in new[] { false, true }
        from busy in new[] { false, true }
        from refused in new[] { false, true }
        select ImmutableHashSet.CreateRange(
            Outcomes.Where((_, i) => (i == 0 && sent) || (i == 1 && busy) || (i == 2 && refused)));

    private static IEnumerable<bool> CountedBy(OutcomeFilter filter, params string?[] outcomes) =>
        outcomes.Select(filter.Counts);
}
