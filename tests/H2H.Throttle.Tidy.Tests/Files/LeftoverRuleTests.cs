using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class LeftoverRuleTests
{
    [Fact]
    public void Nothing_is_left_for_later() => TidyAssert.Obeys(LeftoverRule.Check(SourceTree.Repository));

    [Fact]
    public void Notes_to_self_regions_and_silencers_are_found()
    {
        const string Code = """
            #region parts
            #pragma warning disable CA1000
            // TODO: later
            [SuppressMessage("x", "y")]
            class Cap; /* FIXME */
            #endregion
            """;
        SourceTree tree = SourceTree.Of(("src/A/Cap.cs", Code), ("protos/a.proto", "\n// " + "TODO"));

        TidyAssert.Finds(
            [
                "protos/a.proto:2",
                "src/A/Cap.cs:1", "src/A/Cap.cs:2", "src/A/Cap.cs:3", "src/A/Cap.cs:4", "src/A/Cap.cs:5",
            ],
            LeftoverRule.Check(tree));
    }

    [Fact]
    public void Text_that_the_program_says_is_not_a_note_to_self()
    {
        TidyAssert.Obeys(LeftoverRule.Check(SourceTree.Of(
            ("src/A/Cap.cs", """class Cap { string Text = "// TODO"; int Todo; }"""))));
    }
}
