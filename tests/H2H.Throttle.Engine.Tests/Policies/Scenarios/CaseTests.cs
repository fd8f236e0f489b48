using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Testing.Cases;

namespace H2H.Throttle.Engine.Tests.Policies.Scenarios;

/// <summary>The cases at the first of three heights: the decision as a function.</summary>
public sealed class CaseTests
{
    [Theory]
    [MemberData(nameof(CaseFiles.Covered), MemberType = typeof(CaseFiles))]
    public Task Case_is_answered_as_it_says(string file, string scenario) => CaseAssert.PassesAsync(
        CaseFiles.Find(file, scenario), new DeciderSubject(), TestContext.Current.CancellationToken);

    [Fact]
    public async Task No_excluded_case_passes()
    {
        foreach ((string file, string scenario) in CaseFiles.NotCovered())
        {
            await CaseAssert.DoesNotPassAsync(
                CaseFiles.Find(file, scenario), new DeciderSubject(), TestContext.Current.CancellationToken);
        }
    }
}
