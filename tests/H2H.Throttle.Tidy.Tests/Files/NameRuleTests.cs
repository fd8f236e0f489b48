using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class NameRuleTests
{
    [Fact]
    public void Every_folder_and_type_says_what_it_is_about() =>
        TidyAssert.Obeys(NameRule.Check(SourceTree.Repository));

    [Fact]
    public void Names_that_say_nothing_are_found()
    {
        SourceTree tree = SourceTree.Of(
            ("src/A/Utils/Cap.cs", "class Cap;"),
            ("src/A.Common/Gap.cs", "class Gap;"),
            ("src/A/PolicyManager.cs", "class PolicyManager { class Helper; }"),
            ("src/A/CapImpl.cs", "record CapImpl;"));

        TidyAssert.Finds(
            [
                "src/A.Common:1", "src/A/Utils:1",
                "src/A/CapImpl.cs:1", "src/A/PolicyManager.cs:1", "src/A/PolicyManager.cs:1",
            ],
            NameRule.Check(tree));
    }

    [Fact]
    public void Words_that_only_end_alike_and_names_of_packages_are_fine()
    {
        TidyAssert.Obeys(NameRule.Check(SourceTree.Of(
            ("src/A/Database.cs", "class Database;"),
            ("src/standins/Grpc.Net.Common/ClientBase.cs", "class ClientBase;"))));
    }
}
