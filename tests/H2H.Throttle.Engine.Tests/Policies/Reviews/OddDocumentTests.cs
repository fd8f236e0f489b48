using H2H.Throttle.Engine.Policies;
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

    [Fact]
    public void Rules_too_many_to_compare_are_said_to_be_so()
    {
        OddDocument document = OddDocument.OfTooManyRules;

        Assert.Equal(document.Expected, PolicyReview.Of(document.Text, OddDocument.Now).Warnings);
    }
}
