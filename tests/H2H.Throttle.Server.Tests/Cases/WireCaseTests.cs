using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing.Cases;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>The cases at the third of three heights: a server, over gRPC.</summary>
public sealed class WireCaseTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    [Theory]
    [MemberData(nameof(CaseFiles.Covered), MemberType = typeof(CaseFiles))]
    public Task Case_is_answered_over_the_wire_as_it_says(string file, string scenario) =>
        PassesAsync(file, scenario, new UnaryAsker(server));

    [Theory]
    [MemberData(nameof(CaseFiles.Covered), MemberType = typeof(CaseFiles))]
    public Task Case_is_answered_in_batches_as_it_says(string file, string scenario) =>
        PassesAsync(file, scenario, new BatchAsker(server));

    [Theory]
    [MemberData(nameof(CaseFiles.Covered), MemberType = typeof(CaseFiles))]
    public async Task Case_is_answered_in_streams_as_it_says(string file, string scenario)
    {
        using StreamAsker asker = new(server);

        await PassesAsync(file, scenario, asker);
    }

    private Task PassesAsync(string file, string scenario, IAsker asker) => CaseAssert.PassesAsync(
        CaseFiles.Find(file, scenario), new WireSubject(server, asker), TestContext.Current.CancellationToken);
}
