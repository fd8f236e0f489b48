using System.Text.RegularExpressions;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Adversity.Tests.Reports;

public sealed partial class ReadmeTests
{
    [Fact]
    public void What_the_readme_quotes_of_the_last_run_is_what_the_table_says()
    {
        string readme = File.ReadAllText(RepositoryFolder.Of("README.md"));
        string table = File.ReadAllText(
            RepositoryFolder.Of("tests", "H2H.Throttle.Adversity", "RESULTS.md"));
        int begin = readme.IndexOf("At the last run", StringComparison.Ordinal);
        string quoted = readme[begin..readme.IndexOf("[All figures]", begin, StringComparison.Ordinal)];

        string[] figures = [.. LargeNumber().Matches(quoted).Select(static match => match.Value)];

        Assert.True(figures.Length > 5, quoted);
        Assert.All(figures, figure => Assert.Contains(figure, table, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b\d{1,3}(,\d{3})+\b")]
    private static partial Regex LargeNumber();
}
