using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Engine.Tests.Policies;

public sealed class PolicyEditorTests
{
    private const string Document =
        """
        # Our own.
        channels: [email]   # one
        purposes: { marketing: {} }
        rules:
          - name: day
            cap: 3      # as agreed
            in: rolling 24h
          - { name: "week", in: last 7 days, cap: "5" }
          - { name: none, cap: blocked, in: calendar week }
          - { name: tiers, in: last 7 days, cap: [ { limit: 4 } ] }
          - { name: breath, gap: 1h }
        """;

    [Theory]
    [InlineData("day", "cap: 3      #", "cap: 10      #", 3)]
    [InlineData("week", "cap: \"5\" }", "cap: 10 }", 5)]
    [InlineData("none", "cap: blocked,", "cap: 10,", 0)]
    public void Limit_is_replaced_and_nothing_else(string rule, string before, string after, int previous)
    {
        CapAdjustment adjustment = PolicyEditor.AdjustCap(Document, rule, new CapLimit(null, 10));

        CapAdjustment.Adjusted adjusted = Assert.IsType<CapAdjustment.Adjusted>(adjustment);
        Assert.Equal(Document.Replace(before, after, StringComparison.Ordinal), adjusted.Document);
        Assert.Equal(new CapLimit(null, previous), adjusted.Previous);
        Assert.IsType<PolicyReading.Valid>(PolicyParser.Read(adjusted.Document));
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF# 💙 Ünïcode\n", "\r\n")]
    public void Byte_order_marks_line_ends_and_wide_characters_do_not_shift_the_place(string before, string lineEnd)
    {
        string document = before + Document.Replace("\n", lineEnd, StringComparison.Ordinal);

        CapAdjustment adjustment = PolicyEditor.AdjustCap(document, "day", CapLimit.Unlimited);

        Assert.Equal(
            document.Replace("cap: 3 ", "cap: unlimited ", StringComparison.Ordinal),
            Assert.IsType<CapAdjustment.Adjusted>(adjustment).Document);
    }

    [Fact]
    public void Unknown_rules_are_told_apart_from_rules_without_one_limit()
    {
        CapLimit limit = new(null, 10);

        Assert.IsType<CapAdjustment.RuleUnknown>(PolicyEditor.AdjustCap(Document, "month", limit));
        Assert.IsType<CapAdjustment.RuleUnknown>(PolicyEditor.AdjustCap("[", "day", limit));
        Assert.IsType<CapAdjustment.NotOneCap>(PolicyEditor.AdjustCap(Document, "tiers", limit));
        Assert.IsType<CapAdjustment.NotOneCap>(PolicyEditor.AdjustCap(Document, "breath", limit));
    }

    [Theory]
    [InlineData("rules: [ { name: a, in: 1d, cap: &n 3 }, { name: b, in: 7d, cap: *n } ]")]
    [InlineData("rules: [ &r { name: a, cap: 3, in: 1d }, *r ]")]
    public void Limit_that_is_shared_by_an_alias_is_left_alone(string document) =>
        Assert.IsType<CapAdjustment.NotOneCap>(PolicyEditor.AdjustCap(document, "a", new CapLimit(null, 10)));
}
