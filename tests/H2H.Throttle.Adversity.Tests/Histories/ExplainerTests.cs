using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Adversity.Simulation;
using NodaTime;

namespace H2H.Throttle.Adversity.Tests.Histories;

/// <summary>Histories small enough to be judged by eye, under a cap of three an hour.</summary>
public sealed class ExplainerTests
{
    private static readonly Instant Nine = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Fact]
    public void Three_that_are_allowed_and_a_fourth_that_is_not_are_explained() => Assert.True(Explains(
        Reserve("a", 1, 2, "allow"),
        Reserve("b", 3, 4, "allow"),
        Reserve("c", 5, 6, "allow"),
        Reserve("d", 7, 8, "deny [hour]")));

    [Fact]
    public void A_fourth_that_is_allowed_is_not_and_the_right_answer_is_told()
    {
        Explanation explanation = Explainer.Explain(
        [
            Reserve("a", 1, 2, "allow"), Reserve("b", 3, 4, "allow"), Reserve("c", 5, 6, "allow"),
            Reserve("d", 7, 8, "allow"),
        ]);

        Assert.False(explanation.IsFound);
        (RecordedCall call, Answer expected) = Assert.Single(explanation.Stuck);
        Assert.Equal(("d", "deny [hour]"), (call.Call.Name, expected.Words));
        Assert.Contains("a correct server answers: deny [hour]", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_at_the_same_time_may_have_happened_in_either_order()
    {
        RecordedCall no = Said(new Call(CallKind.OptOut, "ada", "no"), 1, 4, new Answer("no, 0 revoked"));

        Assert.True(Explains(no, Reserve("a", 2, 3, "deny [opt-out]")));
        Assert.True(Explains(
            Said(no.Call, 1, 4, new Answer("no, 1 revoked")), Reserve("a", 2, 3, "allow")));
        Assert.False(Explains(no, Reserve("a", 2, 3, "allow")));
    }

    [Fact]
    public void After_an_opt_out_was_answered_nothing_is_allowed() => Assert.False(Explains(
        Said(new Call(CallKind.OptOut, "ada", "no"), 1, 2, new Answer("no, 0 revoked")),
        Reserve("a", 3, 4, "allow")));

    [Fact]
    public void A_call_that_nobody_heard_of_may_have_happened_or_not()
    {
        RecordedCall[] two = [Reserve("a", 1, 2, "allow"), Reserve("b", 3, 4, "allow")];
        RecordedCall lost = Said(new Call(CallKind.Reserve, "ada", "lost") { Channel = "sms" }, 5, null, null);

        Assert.True(Explains([.. two, lost, Reserve("c", 6, 7, "allow"), Reserve("d", 8, 9, "deny [hour]")]));
        Assert.True(Explains([.. two, lost, Reserve("c", 6, 7, "deny [hour]")]));
        Assert.False(Explains([.. two, lost, Reserve("c", 6, 7, "deny [hour]"), Reserve("d", 8, 9, "allow")]));
        Assert.False(Explains([.. two, Reserve("c", 4, 5, "deny [hour]"), lost]));
    }

    [Fact]
    public void A_request_asked_again_is_answered_alike_and_counts_once()
    {
        Call once = new(CallKind.Reserve, "ada", "once") { RequestId = "once", Channel = "sms" };

        Assert.True(Explains(
            Said(once, 1, null, null),
            Said(once, 2, 3, new Answer("allow", Nine)),
            Said(once, 4, 5, new Answer("allow", Nine)),
            Reserve("a", 6, 7, "allow"),
            Reserve("b", 8, 9, "allow"),
            Reserve("c", 10, 11, "deny [hour]")));
        Assert.False(Explains(
            Said(once, 1, 2, new Answer("allow", Nine)),
            Said(once, 3, 4, new Answer("allow", Nine)),
            Reserve("a", 5, 6, "allow"),
            Reserve("b", 7, 8, "deny [hour]")));
    }

    [Fact]
    public void A_contact_a_whole_window_ago_has_left_and_a_clock_that_runs_back_is_not_believed()
    {
        RecordedCall[] three =
            [Reserve("a", 1, 2, "allow"), Reserve("b", 3, 4, "allow"), Reserve("c", 5, 6, "allow")];
        Duration hour = Duration.FromHours(1);

        Assert.True(Explains([.. three, Reserve("d", 7, 8, "allow", Nine + hour)]));
        Assert.False(Explains([.. three, Reserve("d", 7, 8, "allow", Nine + hour - Duration.FromTicks(1))]));
        RecordedCall early = Said(
            new Call(CallKind.Check, "ada", "e") { Channel = "sms" }, 7, 8, new Answer("deny [hour]", Nine),
            Nine - hour);
        Assert.True(Explains([.. three, early]));
    }

    [Fact]
    public void However_many_only_look_at_the_same_time_what_cannot_be_explained_is_judged()
    {
        RecordedCall[] looks =
        [
            .. Enumerable.Range(1, 40).Select(number => Said(
                new Call(CallKind.Check, "ada", $"look {number}") { Channel = "sms" },
                number,
                1000 + number,
                new Answer(number % 2 == 0 ? "allow" : "deny [hour]", Nine))),
        ];
        RecordedCall[] four =
            [.. Enumerable.Range(41, 4).Select(number => Reserve($"{number}", number, 1000 + number, "allow"))];

        Explanation three = Explainer.Explain([.. looks, .. four[..3]]);
        Explanation explanation = Explainer.Explain([.. looks, .. four]);

        Assert.True(three.IsFound);
        Assert.False(explanation.IsFound);
        Assert.True(explanation.IsJudged, "The search was given up.");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void What_calls_without_an_answer_did_is_found_where_only_a_later_list_tells(int seed)
    {
        Random dice = new(seed);
        for (int history = 0; history < 30; history++)
        {
            RecordedCall[] calls = LivedThrough(dice, calls: 150, underWay: 8);

            Explanation explanation = Explainer.Explain(calls);

            Assert.True(explanation.IsFound, explanation.ToString());
        }
    }

    [Fact]
    public void One_request_with_two_contacts_is_told()
    {
        Call once = new(CallKind.Reserve, "ada", "once") { RequestId = "once", Channel = "sms" };
        History history = new(
        [
            Said(once, 1, 2, new Answer("allow", Nine) { ContactId = "x" }),
            Said(once, 3, 4, new Answer("allow", Nine) { ContactId = "y" }),
        ]);

        Assert.StartsWith("Request once has more than one contact", Assert.Single(history.Flaws()));
    }

    /// <summary>Calls of the model itself, some at a time; a tenth are never heard of, half of those happen.</summary>
    private static RecordedCall[] LivedThrough(Random dice, int calls, int underWay)
    {
        CallMix mix = new(dice.Next, ["ada"]);
        List<RecordedCall> open = [];
        List<RecordedCall> all = [];
        PersonModel model = PersonModel.Unknown;
        Instant now = Nine;
        long place = 0;
        while (all.Count < calls || open.Count > 0)
        {
            now += Duration.FromSeconds(dice.Next(60));
            if (all.Count < calls && open.Count < underWay)
            {
                open.Add(new RecordedCall(mix.Next(now), "s0", now, ++place));
                all.Add(open[^1]);
                continue;
            }

            RecordedCall next = open[dice.Next(open.Count)];
            open.Remove(next);
            bool isHeard = dice.Next(10) > 0;
            if (isHeard || dice.Next(2) == 0)
            {
                (model, Answer answer) = model.Apply(next);
                next.Answer = isHeard ? answer with { ContactId = next.Call.Name } : null;
                next.Ended = isHeard ? ++place : long.MaxValue;
                mix.Learn(next.Call, answer with { ContactId = next.Call.Name });
            }
        }

        return [.. all];
    }

    private static bool Explains(params RecordedCall[] calls) => Explainer.Explain(calls).IsFound;

    private static RecordedCall Reserve(string name, long begun, long ended, string words, Instant? at = null) => Said(
        new Call(CallKind.Reserve, "ada", name) { Channel = "sms" }, begun, ended, new Answer(words, at ?? Nine), at);

    /// <summary>A call whose end and answer may both be unknown.</summary>
    private static RecordedCall Said(Call call, long begun, long? ended, Answer? answer, Instant? clock = null) =>
        new(call, "s0", clock ?? Nine, begun) { Ended = ended ?? long.MaxValue, Answer = answer };
}
