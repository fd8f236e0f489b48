using H2H.Throttle.Tidy.Tests.Dependencies;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests;

/// <summary>The map of the projects is <see cref="DependencyMap"/>; here it is compared with what was built.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void References_run_one_way() => TidyAssert.Obeys(DependencyRule.Check(SourceTree.Repository));

    [Fact]
    public void The_map_itself_runs_one_way()
    {
        foreach (string project in DependencyMap.Sources.Keys)
        {
            Assert.DoesNotContain(project, Below(project));
        }

        static IEnumerable<string> Below(string project) =>
            DependencyMap.Sources[project].References.SelectMany(static child => Below(child).Prepend(child));
    }

    [Fact]
    public void The_projects_that_everything_rests_on_are_looked_at()
    {
        string[] names = [.. Project.All(SourceTree.Repository).Select(static project => project.Name)];

        Assert.All(
            (string[])["H2H.Throttle.Core", "H2H.Throttle.Engine", "H2H.Throttle.Contracts", "Grpc.Core.Api"],
            name => Assert.Contains(name, names));
    }

    [Fact]
    public void A_reference_the_wrong_way_and_a_package_that_does_not_belong_are_found()
    {
        SourceTree tree = SourceTree.Of(
            ProjectFile("src/H2H.Throttle.Core", "ProjectReference ../H2H.Throttle.Engine/H2H.Throttle.Engine.csproj"),
            ProjectFile("src/H2H.Throttle.Engine", "PackageReference NodaTime", "PackageReference Dapper"),
            ProjectFile("src/H2H.Throttle.Contracts", "FrameworkReference Microsoft.AspNetCore.App"));

        TidyAssert.Finds(
            [
                "src/H2H.Throttle.Contracts/H2H.Throttle.Contracts.csproj:3",
                "src/H2H.Throttle.Core/H2H.Throttle.Core.csproj:3",
                "src/H2H.Throttle.Engine/H2H.Throttle.Engine.csproj:4",
            ],
            DependencyRule.Check(tree));
    }

    [Fact]
    public void A_project_that_nobody_knows_is_found()
    {
        SourceTree tree = SourceTree.Of(
            ProjectFile("src/H2H.Throttle.Plugins"), ProjectFile("tests/H2H.Throttle.Plugins.Tests"),
            ProjectFile("tests/H2H.Throttle.Core.Tests"));

        TidyAssert.Finds(
            [
                "src/H2H.Throttle.Plugins/H2H.Throttle.Plugins.csproj:1",
                "tests/H2H.Throttle.Plugins.Tests/H2H.Throttle.Plugins.Tests.csproj:1",
            ],
            DependencyRule.Check(tree));
    }

    [Fact]
    public void A_source_that_rests_on_tests_is_found()
    {
        SourceTree tree = SourceTree.Of(
            ProjectFile("src/H2H.Throttle.Redis", "ProjectReference ../H2H.Throttle.Testing.csproj"),
            ProjectFile("tests/H2H.Throttle.Testing"));

        Assert.Contains(
            "src/H2H.Throttle.Redis/H2H.Throttle.Redis.csproj:3: H2H.Throttle.Redis rests on the tests "
            + "H2H.Throttle.Testing – move what is wanted to src",
            DependencyRule.Check(tree).Select(static finding => finding.ToString()));
    }

    [Fact]
    public void A_project_in_the_folder_of_another_and_a_web_project_are_found()
    {
        (_, string core) = ProjectFile("src/H2H.Throttle.Core");
        string web = core.Replace("Sdk\"", "Sdk.Web\"", StringComparison.Ordinal);
        SourceTree tree = SourceTree.Of(
            ("src/Kernel/H2H.Throttle.Core.csproj", core),
            ("src/H2H.Throttle.Sqlite/H2H.Throttle.Sqlite.csproj", web));

        TidyAssert.Finds(
            ["src/H2H.Throttle.Sqlite/H2H.Throttle.Sqlite.csproj:1", "src/Kernel/H2H.Throttle.Core.csproj:1"],
            DependencyRule.Check(tree));
    }

    /// <summary>A project file with each item on a line of its own, from line 3.</summary>
    private static (string Path, string Text) ProjectFile(string folder, params string[] items) => (
        $"{folder}/{Path.GetFileName(folder)}.csproj",
        "<Project Sdk=\"Microsoft.NET.Sdk\">\n<ItemGroup>\n"
        + string.Concat(items.Select(static item => item.Split(' ')).Select(static item =>
            $"<{item[0]} Include=\"{item[1]}\" />\n"))
        + "</ItemGroup>\n</Project>\n");
}
