using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Differences;

namespace H2H.Throttle.Engine.Tests.Policies.Differences;

public sealed class PolicyDifferencesTests
{
    private const string Head = "policy: p\nzone: UTC\nchannels: [email, sms]\npurposes: { marketing: {} }\nrules:\n";

    private const string Weekly = "  - { name: weekly, cap: 3, in: calendar week }\n";

    [Theory]
    [InlineData("cap: 3", "cap: 5", "Raises the cap of weekly from 3 to 5.", Bearing.Looser)]
    [InlineData("cap: 3", "cap: 2", "Lowers the cap of weekly from 3 to 2.", Bearing.Stricter)]
    [InlineData("cap: 3", "cap: blocked", "Lowers the cap of weekly from 3 to blocked.", Bearing.Stricter)]
    [InlineData("cap: 3", "cap: unlimited", "Raises the cap of weekly from 3 to unlimited.", Bearing.Looser)]
    [InlineData("calendar week", "calendar day", "Changes `in` of weekly from calendar week to calendar day.",
        Bearing.Looser)]
    [InlineData("in: calendar week", "in: calendar week, effect: observe",
        "Changes what weekly does from deny to observe.", Bearing.Looser)]
    [InlineData("in: calendar week", "in: calendar week, when: { channel: sms }",
        "Gives weekly `when: {channel: sms}`.", Bearing.Other)]
    [InlineData("in: calendar week", "in: calendar week, description: why not",
        "Gives weekly `description: why not`.", Bearing.None)]
    [InlineData("in: calendar week", "in: rolling 7d", "Changes `in` of weekly from calendar week to rolling 7d.",
        Bearing.Other)]
    public void A_change_of_a_rule_is_told_in_words_with_what_it_means(
        string old, string young, string text, Bearing bearing)
    {
        ImmutableArray<PolicyDifference> differences = PolicyDifferences.Of(
            Head + Weekly, Head + Weekly.Replace(old, young, StringComparison.Ordinal), TrialEngine.Start);

        Assert.Equal([new PolicyDifference("weekly", text, bearing)], differences);
        Assert.Equal(bearing, PolicyDifferences.Together(differences));
    }

    [Fact]
    public void Rules_come_and_go()
    {
        ImmutableArray<PolicyDifference> differences = PolicyDifferences.Of(
            Head + Weekly,
            Head
                + "  - { name: pause, gap: rolling 2h }\n"
                + "  - { name: look, cap: 1, in: rolling 1h, effect: observe }\n",
            TrialEngine.Start);

        Assert.Equal(
            [
                new PolicyDifference("weekly", "Drops the cap weekly.", Bearing.Looser),
                new PolicyDifference("pause", "Adds the gap pause.", Bearing.Stricter),
                new PolicyDifference("look", "Adds the cap look, which only observes.", Bearing.None),
            ],
            differences);
        Assert.Equal(Bearing.Other, PolicyDifferences.Together(differences));
    }

    [Fact]
    public void What_all_rules_stand_on_is_told_first_and_leaves_open_what_else_means()
    {
        ImmutableArray<PolicyDifference> differences = PolicyDifferences.Of(
            Head + Weekly,
            (Head + Weekly).Replace("zone: UTC", "zone: Europe/Rome", StringComparison.Ordinal)
                .Replace("cap: 3", "cap: 2", StringComparison.Ordinal),
            TrialEngine.Start);

        Assert.Equal(
            [
                new PolicyDifference(null, "Changes `zone` from UTC to Europe/Rome.", Bearing.Other),
                new PolicyDifference("weekly", "Lowers the cap of weekly from 3 to 2.", Bearing.Other),
            ],
            differences);
    }

    [Fact]
    public void Layout_and_comments_make_no_difference()
    {
        string laidOut = Head + "  # ours\n  - cap: 3\n    name: weekly\n    in: \"calendar week\"\n";

        ImmutableArray<PolicyDifference> differences =
            PolicyDifferences.Of(Head + Weekly, laidOut, TrialEngine.Start);

        Assert.Empty(differences);
        Assert.Equal(Bearing.None, PolicyDifferences.Together(differences));
    }

    [Fact]
    public void A_document_with_mistakes_cannot_be_compared() => Assert.Throws<ArgumentException>(
        () => PolicyDifferences.Of(Head + Weekly, "rules: [", TrialEngine.Start));
}
