namespace H2H.Throttle.Tidy.Tests.Tree;

/// <summary>A place that breaks a rule.</summary>
/// <param name="Path">From the root of the repository, with slashes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Mend">What to do about it.</param>
public sealed record Finding(string Path, int Line, string Problem, string Mend)
{
    public override string ToString() => $"{Path}:{Line}: {Problem} – {Mend}";
}
