using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class GlobTests
{
    private static readonly Gen<string> Texts =
        from count in Gen.Choose(0, 8)
        from letters in Gen.Elements('a', 'b', '.', 'A').ArrayOf(count)
        select new string(letters);

    private static readonly Gen<string> Patterns =
        from count in Gen.Choose(1, 8)
        from letters in Gen.Elements('a', 'b', '.', '*', '*').ArrayOf(count)
        select new string(letters);

    [Fact]
    public void Star_stands_for_any_characters_and_all_else_for_itself() => Prop.ForAll(
        Patterns.Zip(Texts).ToArbitrary(),
        static one =>
        {
            string regex = $"\\A{Regex.Escape(one.Item1).Replace("\\*", ".*", StringComparison.Ordinal)}\\z";
            return new Glob(one.Item1).Matches(one.Item2) == Regex.IsMatch(one.Item2, regex);
        }).Check(Trials.Of(5000));

    [Theory]
    [InlineData("promo-*", "promo-", true)]
    [InlineData("promo-*", "Promo-spring", false)]
    [InlineData("*", "", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*c", "abbc", true)]
    [InlineData("a*ab*b", "aab", false)]
    [InlineData("*ab*ba*", "aba", false)]
    [InlineData("*ab*ba*", "abba", true)]
    public void Edges_are_as_a_reader_expects(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new Glob(pattern).Matches(text));

    [Fact]
    public void Globs_are_equal_by_their_text()
    {
        Assert.Equal(new Glob("a*"), new Glob("a*"));
        Assert.Equal(new Glob("a*").GetHashCode(), new Glob("a*").GetHashCode());
        Assert.NotEqual(new Glob("a*"), new Glob("a"));
        Assert.False(new Glob("a").Equals(null));
        Assert.True(new Glob("a").IsLiteral);
        Assert.False(new Glob("a*").IsLiteral);
    }
}
