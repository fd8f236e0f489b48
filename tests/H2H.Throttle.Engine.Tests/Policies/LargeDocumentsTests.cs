using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Engine.Tests.Policies;

public sealed class LargeDocumentsTests
{
    public static TheoryData<int> Indexes() => [.. Enumerable.Range(0, LargeDocuments.All.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Document_past_a_bound_is_told_which_bound_and_where(int index)
    {
        (Func<ImmutableArray<PolicyError>> errors, PolicyError expected) = LargeDocuments.All[index];

        Assert.Equal(expected, errors()[^1]);
    }

    [Fact]
    public void Document_as_large_as_the_bounds_allow_is_read()
    {
        string rules = string.Concat(Enumerable.Range(0, 500).Select(static i => $"  - {{ name: r{i}, gap: 1h }}\n"));
        string head = $"channels: [email]\npurposes: {{ marketing: {{}} }}\nrules:\n{rules}#";

        string document = head + new string('x', PolicyParser.DocumentBytesMax - head.Length);

        Assert.IsType<PolicyReading.Valid>(PolicyParser.Read(document));
    }
}
