using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class SizeRuleTests
{
    [Fact]
    public void Files_and_lines_keep_their_size() => TidyAssert.Obeys(SizeRule.Check(SourceTree.Repository));

    [Fact]
    public void One_line_or_column_too_many_is_found()
    {
        SourceTree tree = SourceTree.Of(
            ("src/A/Long.cs", new string('\n', SizeRule.FileLinesMax) + "class Long;\n"),
            ("src/A/Wide.cs", $"\n{new string('x', SizeRule.LineColumnsMax + 1)}\n"),
            ("protos/wide.proto", new string('x', SizeRule.LineColumnsMax + 1)));

        TidyAssert.Finds(
            ["src/A/Long.cs:301", "protos/wide.proto:1", "src/A/Wide.cs:2"], SizeRule.Check(tree));
    }

    [Fact]
    public void The_last_line_and_column_that_are_allowed_are_fine()
    {
        SourceTree tree = SourceTree.Of(
            ("src/A/Long.cs", new string('\n', SizeRule.FileLinesMax - 1) + "class Long;\n"),
            ("src/A/Wide.cs", new string('x', SizeRule.LineColumnsMax)),
            ("README.md", new string('x', 500)));

        TidyAssert.Obeys(SizeRule.Check(tree));
    }
}
