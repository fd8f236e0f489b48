using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class LayoutRuleTests
{
    [Fact]
    public void The_root_holds_what_it_should_and_nothing_else() =>
        TidyAssert.Obeys(LayoutRule.Check(SourceTree.Repository));

    [Fact]
    public void What_does_not_belong_to_the_root_and_what_is_missing_are_found()
    {
        SourceTree tree = SourceTree.Of(
            ("H2H.Throttle.sln", ""), ("src/A/Cap.cs", ""), ("tests/A/CapTests.cs", ""), ("docs/a.md", ""),
            ("notes.txt", ""), ("README.md", ""), ("LICENSE.txt", ""), (".ci/run", ""), (".editorconfig", ""));

        TidyAssert.Finds(["docs/:1", "notes.txt:1", "protos/:1"], LayoutRule.Check(tree));
    }
}
