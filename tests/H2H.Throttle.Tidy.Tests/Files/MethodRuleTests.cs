using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class MethodRuleTests
{
    [Fact]
    public void Every_method_is_read_without_scrolling() => TidyAssert.Obeys(MethodRule.Check(SourceTree.Repository));

    [Fact]
    public void One_line_too_many_is_found()
    {
        string fits = $"void Fits()\n{{{new string('\n', MethodRule.LinesMax - 2)}}}\n";
        string runsOver = $"void RunsOver()\n{{{new string('\n', MethodRule.LinesMax - 1)}}}\n";

        SourceTree tree = SourceTree.Of(("src/A/Cap.cs", $"class Cap {{\n{fits}{runsOver}}}"));

        TidyAssert.Finds([$"src/A/Cap.cs:{MethodRule.LinesMax + 2}"], MethodRule.Check(tree));
    }
}
