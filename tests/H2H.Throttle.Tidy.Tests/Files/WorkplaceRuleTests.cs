using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class WorkplaceRuleTests
{
    [Fact]
    public void No_file_names_a_folder_of_a_machine() => TidyAssert.Obeys(WorkplaceRule.Check(SourceTree.Repository));

    [Fact]
    public void Folders_of_a_machine_are_found()
    {
        string unix = string.Join('/', "", "home", "jo", "a.csv");
        string windows = string.Join('\\', "C:", "Users", "jo");
        SourceTree tree = SourceTree.Of(
            ("src/A/Cap.cs", $"\n// see {unix}"),
            ("README.md", $"{windows}\n<{unix}>"),
            ("tests/run.sh", "cd src/work/x"));

        TidyAssert.Finds(["README.md:1", "README.md:2", "src/A/Cap.cs:2"], WorkplaceRule.Check(tree));
    }
}
