namespace H2H.Throttle.Tidy.Tests.Tree;

/// <summary>Fails with every place at once, each on a line of its own that an editor can jump to.</summary>
internal static class TidyAssert
{
    public static void Obeys(IEnumerable<Finding> findings)
    {
        string[] places = [.. findings.Select(static finding => finding.ToString())];
        if (places.Length > 0)
        {
            Assert.Fail($"{places.Length} to mend:{Environment.NewLine}{string.Join(Environment.NewLine, places)}");
        }
    }

    /// <summary>The rule finds exactly these places in a bad sample, given as path and line.</summary>
    public static void Finds(IEnumerable<string> places, IEnumerable<Finding> findings) =>
        Assert.Equal(places, findings.Select(static finding => $"{finding.Path}:{finding.Line}"));
}
