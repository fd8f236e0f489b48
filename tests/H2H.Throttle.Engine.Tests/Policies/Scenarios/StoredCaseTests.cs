using H2H.Throttle.Testing.Cases;

namespace H2H.Throttle.Engine.Tests.Policies.Scenarios;

/// <summary>The cases at the second of three heights: an engine over the embedded store.</summary>
public sealed class StoredCaseTests
{
    [Theory]
    [MemberData(nameof(CaseFiles.Covered), MemberType = typeof(CaseFiles))]
    public async Task Case_is_answered_from_the_store_as_it_says(string file, string scenario)
    {
        await using EngineSubject subject = new();

        await CaseAssert.PassesAsync(CaseFiles.Find(file, scenario), subject, TestContext.Current.CancellationToken);
    }
}
