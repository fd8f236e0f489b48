using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Dependencies;

public sealed class SolutionRuleTests
{
    [Fact]
    public void The_solution_lists_every_project() => TidyAssert.Obeys(SolutionRule.Check(SourceTree.Repository));

    [Fact]
    public void A_project_that_is_not_listed_and_one_that_is_not_there_are_found()
    {
        SourceTree tree = SourceTree.Of(
            ("H2H.Throttle.sln", "\nProject(\"{1}\") = \"A\", \"src\\A\\A.csproj\", \"{2}\"\n"
                + "Project(\"{1}\") = \"B\", \"src\\B\\B.csproj\", \"{3}\"\n"),
            ("src/A/A.csproj", "<Project />"),
            ("src/C/C.csproj", "<Project />"));

        TidyAssert.Finds(["src/C/C.csproj:1", "H2H.Throttle.sln:3"], SolutionRule.Check(tree));
    }
}
