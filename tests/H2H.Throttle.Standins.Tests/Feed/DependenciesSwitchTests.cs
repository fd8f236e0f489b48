namespace H2H.Throttle.Standins.Tests.Feed;

/// <summary><c>-p:Dependencies=Feed</c> takes the real packages, with no other change.</summary>
public sealed class DependenciesSwitchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stand_ins_are_referenced_as_projects_and_never_asked_of_the_feed()
    {
        RestoreGraph graph = await RestoreGraph.ReadAsync("StandIns", Cancellation);

        Assert.NotEmpty(graph.StandIns);
        Assert.All(graph.StandIns, standIn => Assert.Contains(
            graph.Others, project => project.References.Contains(standIn.Name)));
        Assert.All(graph.Projects, project => Assert.Empty(
            project.Packages.Union(project.Versions.Keys).Intersect(graph.StandIns.Select(static s => s.Name))));
        AssertLockFiles(graph, "packages.StandIns.lock.json");
    }

    [Fact]
    public async Task A_complete_feed_is_asked_for_the_real_packages_and_no_project_references_a_stand_in()
    {
        RestoreGraph graph = await RestoreGraph.ReadAsync("Feed", Cancellation);

        Assert.NotEmpty(graph.StandIns);
        Assert.Contains("Grpc.Core.Api", graph.Others.Single(static p => p.Name == "H2H.Throttle.Contracts").Packages);
        Assert.All(graph.StandIns, standIn => Assert.All(graph.Others, project =>
        {
            Assert.DoesNotContain(standIn.Name, project.References);
            Assert.Equal(standIn.Version, project.Versions[standIn.Name]);
        }));
        AssertLockFiles(graph, "packages.Feed.lock.json");
    }

    private static void AssertLockFiles(RestoreGraph graph, string name) => Assert.All(
        graph.Projects,
        project => Assert.Equal(Path.Combine(Path.GetDirectoryName(project.Path)!, name), project.LockFile));
}
