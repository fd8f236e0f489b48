namespace H2H.Throttle.Tidy.Tests.Tree;

public sealed class SourceTreeTests
{
    [Fact]
    public void What_people_write_is_read_and_what_is_made_is_not()
    {
        string[] paths = [.. SourceTree.Repository.Files.Select(static file => file.Path)];

        Assert.Contains("H2H.Throttle.sln", paths);
        Assert.Contains($"tests/H2H.Throttle.Tidy.Tests/Tree/{nameof(SourceTreeTests)}.cs", paths);
        Assert.Contains("src/standins/grpc.public.snk", paths);
        Assert.DoesNotContain(paths, static path => path.StartsWith("artifacts/", StringComparison.Ordinal));
        Assert.DoesNotContain(paths, static path => path.StartsWith(".git/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_knows_its_lines_its_project_and_what_it_means()
    {
        SourceFile file = new("src/standins/Grpc.Core.Api/Calls/Metadata.Entry.cs", "namespace A;\nclass B;\n");

        Assert.Equal(["namespace A;", "class B;"], file.Lines);
        Assert.Equal(("Grpc.Core.Api", "Calls", "Metadata.Entry"), (file.Project, file.FolderName, file.Stem));
        Assert.Single(file.Syntax.Members);
        Assert.Equal("H2H.Throttle.Core", new SourceFile("src/H2H.Throttle.Core/Decider.cs", "").Project);
        Assert.Equal("", new SourceFile("README.md", "").Project);
    }

    [Fact]
    public void A_place_is_written_so_that_an_editor_can_jump_to_it()
    {
        Finding finding = new SourceFile("src/A/Cap.cs", "").At(7, "too wide", "break it");

        Assert.Equal("src/A/Cap.cs:7: too wide – break it", finding.ToString());
        Assert.Throws<Xunit.Sdk.FailException>(() => TidyAssert.Obeys([finding]));
    }
}
