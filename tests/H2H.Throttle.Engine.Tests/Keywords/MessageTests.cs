using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Keywords;
using H2H.Throttle.Engine.Requests;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Keywords;

public sealed class MessageTests
{
    private static readonly MessageDraft Stop = new("Stop!", "sms") { Brand = "north" };

    [Fact]
    public async Task A_no_holds_for_the_channel_at_once_and_may_be_confirmed_once()
    {
        await using TrialEngine trial = await StartAsync();
        string reserved = await trial.ReservedAsync(Draft("sms"));

        MessageResult first = await HearAsync(trial, Stop);
        MessageResult second = await HearAsync(trial, Stop with { Text = "STOP" });

        Assert.Equal(new Scope("sms"), first.Scope);
        Assert.Equal(reserved, Assert.Single(first.Consent.Revoked).ToString());
        Assert.Equal((true, false), (first.MayConfirm, second.MayConfirm));
        Assert.Equal("sms STOP", Assert.Single(first.Consent.OptOuts).Source);
        Assert.False(await trial.AllowsAsync(Draft("sms")));
        Assert.True(await trial.AllowsAsync());
        Assert.Equal(
            ["policy_published", "event_recorded", "opt_out", "reservation_revoked", "event_recorded", "opt_out"],
            await trial.FactsAsync());
    }

    [Fact]
    public async Task How_far_a_no_reaches_is_for_the_caller_to_say_and_stopall_reaches_everything()
    {
        await using TrialEngine trial = await StartAsync();

        Assert.Equal(
            new Scope("sms", Brand: "north"),
            (await HearAsync(trial, Stop with { Reach = MessageReach.ChannelOfBrand })).Scope);
        Assert.Equal(
            new Scope(Brand: "north"), (await HearAsync(trial, Stop with { Reach = MessageReach.Brand })).Scope);
        Assert.Equal(Scope.Everything, (await HearAsync(trial, Stop with { Reach = MessageReach.Everything })).Scope);
        Assert.Equal(Scope.Everything, (await HearAsync(trial, Stop with { Text = "STOPALL" })).Scope);
    }

    [Fact]
    public async Task Who_comes_back_may_be_confirmed_and_a_later_no_again()
    {
        await using TrialEngine trial = await StartAsync();
        await HearAsync(trial, Stop);

        MessageResult back = await HearAsync(trial, Stop with { Text = "start" });
        bool isFree = await trial.AllowsAsync(Draft("sms"));
        MessageResult again = await HearAsync(trial, Stop);

        Assert.Equal((MessageMeaning.OptIn, 1, true), (back.Understood.Meaning, back.Consent.Lifted, back.MayConfirm));
        Assert.True(isFree);
        Assert.True(again.MayConfirm);
    }

    [Fact]
    public async Task A_message_that_is_no_word_is_remembered_and_does_nothing()
    {
        await using TrialEngine trial = await StartAsync();

        MessageResult result = await HearAsync(trial, Stop with { Text = "do not stop" });
        MessageResult help = await HearAsync(trial, Stop with { Text = "help" });

        Assert.Equal((MessageMeaning.Unclear, false), (result.Understood.Meaning, result.MayConfirm));
        Assert.Null(result.Scope);
        Assert.True(help.MayConfirm);
        Assert.Empty(help.Consent.OptOuts);
        Assert.Equal(["policy_published", "event_recorded", "event_recorded"], await trial.FactsAsync());
    }

    [Fact]
    public async Task A_message_that_is_passed_on_twice_is_heard_once_and_answered_alike()
    {
        await using TrialEngine trial = await StartAsync();

        MessageResult first = await HearAsync(trial, Stop, "m1");
        MessageResult again = await HearAsync(trial, Stop, "m1");
        RequestException other = await RefusedAsync(trial.Consent.HearAsync(
            "m1", "ada", Stop with { Text = "start" }, KeywordBook.Standard, null, Cancellation));

        Assert.Equal((true, true), (first.MayConfirm, again.MayConfirm));
        Assert.Single(again.Consent.History);
        Assert.Equal(ProblemReason.RequestIdReused, Assert.Single(other.Problems).Reason);
        Assert.Equal(["policy_published", "event_recorded", "opt_out"], await trial.FactsAsync());
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_whole()
    {
        await using TrialEngine trial = await StartAsync();
        MessageDraft bad = new(new string('x', MessageDraft.TextLengthMax + 1), "pigeon")
        {
            Reach = MessageReach.Brand, Source = new string('x', 129),
        };

        RequestException refused = await RefusedAsync(
            trial.Consent.HearAsync(null, "", bad, KeywordBook.Standard, null, Cancellation));

        Assert.Equal(
            ["channel", "text", "source", "brand", "person_id"],
            refused.Problems.Select(static problem => problem.Field));
        Assert.Empty(await trial.BytesAsync());
    }

    private static ValueTask<MessageResult> HearAsync(
        TrialEngine trial, MessageDraft draft, string? requestId = null) =>
        trial.Consent.HearAsync(requestId, "ada", draft, KeywordBook.Standard, null, Cancellation);
}
