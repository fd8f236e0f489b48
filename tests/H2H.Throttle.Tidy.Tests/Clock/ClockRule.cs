using System.Collections.Frozen;
using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Clock;

/// <summary>The clock is read through a <see cref="TimeProvider"/> that was handed in.</summary>
/// <remarks>
/// Only the outermost projects name the system's own. Core and Contracts know no clock at all. Tests are not held to
/// it: what they use of the real time is theirs to judge.
/// </remarks>
internal static class ClockRule
{
    private static readonly FrozenSet<string> ClockProjects = FrozenSet.Create(
        "H2H.Throttle.Engine", "H2H.Throttle.Sqlite", "H2H.Throttle.Redis", "H2H.Throttle.Server",
        "H2H.Throttle.Client", "H2H.Throttle.Cli");

    private static readonly FrozenSet<string> CompositionRoots = FrozenSet.Create(
        "H2H.Throttle.Server", "H2H.Throttle.Client", "H2H.Throttle.Cli");

    private static readonly FrozenSet<string> HiddenClocks = FrozenSet.Create(
        "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow",
        "Environment.TickCount", "Environment.TickCount64", "SystemClock.Instance", "Stopwatch.StartNew",
        "Stopwatch.GetTimestamp", "Stopwatch.GetElapsedTime");

    public static IEnumerable<Finding> Check(SourceTree tree) => tree.CSharp
        .Where(static file => file.IsUnder("src"))
        .SelectMany(Check);

    private static IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (MemberAccessExpressionSyntax access in
            file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            string clock = $"{LastName(access.Expression)}.{access.Name}";
            if (HiddenClocks.Contains(clock))
            {
                yield return file.At(access, clock, "ask the TimeProvider that was handed in");
            }
            else if (clock == "TimeProvider.System" && !CompositionRoots.Contains(file.Project))
            {
                yield return file.At(access, clock, "have the TimeProvider handed in by who composes");
            }
        }

        if (!ClockProjects.Contains(file.Project))
        {
            foreach (IdentifierNameSyntax name in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(static name => name.Identifier.Text is "TimeProvider" or "IClock" or "SystemClock"))
            {
                yield return file.At(name, $"{name} in {file.Project}", "take an instant as an argument");
            }
        }
    }

    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };
}
