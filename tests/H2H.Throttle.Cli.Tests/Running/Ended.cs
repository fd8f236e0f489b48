namespace H2H.Throttle.Cli.Tests.Running;

/// <summary>A command that has ended.</summary>
/// <param name="Exit">Its exit status.</param>
/// <param name="Output">All it wrote to standard output.</param>
/// <param name="Complaint">All it wrote to standard error.</param>
internal sealed record Ended(int Exit, string Output, string Complaint)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Standard output has this text.</summary>
    public void Says(string text) => Assert.Contains(text, Output, StringComparison.Ordinal);

    /// <summary>Standard output starts with this text.</summary>
    public void StartsSaying(string text) => Assert.StartsWith(text, Output, StringComparison.Ordinal);

    /// <summary>Standard error has this text.</summary>
    public void Complains(string text) => Assert.Contains(text, Complaint, StringComparison.Ordinal);

    /// <summary>This, if it ended so; otherwise the test fails and shows what was written.</summary>
    public Ended With(int exit)
    {
        Assert.True(Exit == exit, $"exit status {Exit}, not {exit}\n{Output}\n{Complaint}");
        return this;
    }
}
