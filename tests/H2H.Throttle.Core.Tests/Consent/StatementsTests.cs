using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Consent;

public sealed class StatementsTests
{
    private static readonly Gen<Scope> Scopes =
        from channel in Gen.Elements<string?>(null, "email", "phone")
        from purpose in Gen.Elements<string?>(null, null, "marketing")
        from topic in Gen.Elements<string?>(null, "news", "loans")
        select new Scope(channel, purpose, topic);

    private static readonly Gen<Statement[]> Said =
        from count in Gen.Choose(0, 9)
        from said in Scopes.Zip(Gen.Elements(true, false)).ArrayOf(count)
        select said
            .Select(static (one, i) => new Statement(one.Item2, one.Item1, Instant.FromUnixTimeSeconds(i), null))
            .ToArray();

    private static readonly ContactTraits[] Contacts =
    [
        .. from channel in new[] { "email", "phone" }
           from purpose in new[] { "marketing", "research" }
           from topic in new[] { null, "news", "loans" }
           select new ContactTraits(channel, purpose) { Topic = topic },
    ];

    [Fact]
    public void What_is_kept_says_the_same_as_all_that_was_said() => Prop.ForAll(
        Said.ToArbitrary(),
        static said =>
        {
            Statements kept = said.Aggregate(Statements.None, static (before, one) => before.With(one));
            return Contacts.All(contact =>
                kept.OptOutFor(contact) is not null == said.Index().Any(one => IsInForce(said, one.Index, contact)));
        }).Check(Trials.Of(5000));

    [Fact]
    public void Reason_is_the_latest_opt_out_in_force()
    {
        Statements said = Say(
            (true, new Scope()), (true, new Scope("email")), (false, new Scope("email", Topic: "news")));

        Assert.Equal(new Scope("email"), said.OptOutFor(Contacts[0])?.Scope);
        Assert.Null(said.OptOutFor(new ContactTraits("email", "marketing") { Topic = "news" }));
        Assert.Equal(new Scope(), said.OptOutFor(new ContactTraits("phone", "marketing"))?.Scope);
    }

    [Fact]
    public void Opt_in_that_does_not_speak_of_a_channel_frees_nothing_on_it() =>
        Assert.NotNull(Say((true, new Scope("email")), (false, new Scope(Topic: "news"))).OptOutFor(
            new ContactTraits("email", "marketing") { Topic = "news" }));

    [Fact]
    public void No_to_everything_does_not_make_void_an_earlier_no_to_a_channel()
    {
        Statements said = Say((true, new Scope("email")), (true, new Scope()), (false, new Scope(Topic: "news")));

        Assert.NotNull(said.OptOutFor(new ContactTraits("email", "marketing") { Topic = "news" }));
        Assert.Null(said.OptOutFor(new ContactTraits("phone", "marketing") { Topic = "news" }));
    }

    [Fact]
    public void Opt_in_to_everything_forgets_all()
    {
        Statements said = Say((true, new Scope("email")), (true, new Scope(Topic: "news")), (false, new Scope()));

        Assert.Empty(said.Items);
    }

    [Fact]
    public void Statement_about_everything_can_be_kept_after_any_number_of_others()
    {
        Statements full = Say([.. Enumerable.Range(0, Statements.StatementsMax)
            .Select(static i => (true, new Scope(Topic: $"topic {i}")))]);
        Statement everything = new(IsOptOut: true, new Scope(), Instant.FromUnixTimeSeconds(1000), null);

        Assert.Equal(Statements.StatementsMax, full.Items.Length);
        Assert.False(full.HasRoomFor(everything with { Scope = new Scope("email") }));
        Assert.True(full.HasRoomFor(everything));
        Assert.All(Contacts, contact => Assert.NotNull(full.With(everything).OptOutFor(contact)));
    }

    [Fact]
    public void Latest_no_to_more_stops_a_scope_until_a_later_yes_to_all_of_it()
    {
        Scope news = new("email", Topic: "news");

        Assert.Equal(new Scope("email"), Say((true, new Scope()), (true, new Scope("email"))).OptOutOf(news)?.Scope);
        Assert.Null(Say((true, new Scope("email"))).OptOutOf(new Scope()));
        Assert.Null(Say((true, new Scope()), (false, news)).OptOutOf(news));
        Assert.NotNull(Say((true, new Scope()), (false, news)).OptOutOf(new Scope("email")));
        Assert.NotNull(Say((false, news), (true, new Scope()), (false, new Scope("phone"))).OptOutOf(news));
        Assert.Null(Say().OptOutOf(news));
    }

    private static Statements Say(params (bool IsOptOut, Scope Scope)[] said) => said.Index().Aggregate(
        Statements.None,
        static (before, one) => before.With(
            new Statement(one.Item.IsOptOut, one.Item.Scope, Instant.FromUnixTimeSeconds(one.Index), null)));

    /// <summary>Whether an opt-out, among all that was ever said, still stands against a contact.</summary>
    private static bool IsInForce(Statement[] said, int index, ContactTraits contact)
    {
        Statement no = said[index];
        return no.IsOptOut
            && no.Scope.Covers(contact)
            && !IsVoid(said, index)
            && !said.Index().Skip(index + 1).Any(yes => !yes.Item.IsOptOut
                && yes.Item.Scope.Covers(contact)
                && (yes.Item.Scope.Contains(no.Scope) || no.Scope.Contains(yes.Item.Scope))
                && !IsVoid(said, yes.Index));
    }

    private static bool IsVoid(Statement[] said, int index) => said.Skip(index + 1).Any(later =>
        later.IsOptOut != said[index].IsOptOut && later.Scope.Contains(said[index].Scope));
}
