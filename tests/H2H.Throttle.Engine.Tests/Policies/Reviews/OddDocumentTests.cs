using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Engine.Policies.Reviews;

namespace H2H.Throttle.Engine.Tests.Policies.Reviews;

public sealed class OddDocumentTests
{
    public static TheoryData<string> Files() => [.. OddDocument.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Odd_policy_gets_exactly_the_warnings_it_names(string file)
    {
        OddDocument document = OddDocument.Find(file);

        PolicyReview review = PolicyReview.Of(document.Text, OddDocument.Now);

        Assert.IsType<PolicyReading.Valid>(review.Reading);
        Assert.NotEmpty(document.Expected);
        Assert.Equal(document.Expected, review.Warnings);
    }

    [Fact]
    public void Bad_policies_get_no_warnings_beside_their_errors()
    {
        foreach (string file in BadDocument.Policies)
        {
            Assert.Empty(PolicyReview.Of(BadDocument.Policy(file).Text, OddDocument.Now).Warnings);
        }
    }

    [Fact]
    public void The_default_policy_has_nothing_odd() =>
        Assert.Empty(PolicyReview.Of(DefaultPolicy.Document, OddDocument.Now).Warnings);

    public static TheoryData<string> Presets() =>
    [
        .. PresetLibrary.Presets.Select(static one => one.Name),
        .. PresetLibrary.Packs.Select(static one => one.Name),
    ];

    /// <summary>That a channel or a purpose has no rule is as it must be where a preset is all there is.</summary>
    [Theory]
    [MemberData(nameof(Presets))]
    public void No_rule_of_a_preset_or_pack_is_odd(string name)
    {
        ImmutableArray<Preset> presets = PresetLibrary.Find(name);
        string channels = string.Join(", ", presets.SelectMany(static one => one.Channels).Distinct());
        string purposes = string.Join(
            ", ", presets.SelectMany(static one => one.Purposes.Keys).Distinct().Select(static one => $"{one}: {{}}"));

        PolicyReview review = PolicyReview.Of(
            $"channels: [{channels}]\npurposes: {{ {purposes} }}\npresets: [{name}]\n", OddDocument.Now);

        Assert.IsType<PolicyReading.Valid>(review.Reading);
        Assert.DoesNotContain(
            review.Warnings, static warning => !warning.Message.StartsWith("No rule ", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_too_many_to_compare_are_said_to_be_so()
    {
        OddDocument document = OddDocument.OfTooManyRules;

        Assert.Equal(document.Expected, PolicyReview.Of(document.Text, OddDocument.Now).Warnings);
    }
}
