using System.Text.RegularExpressions;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Cli.Tests;

/// <summary>The commands of the operating guide exist; what the longer ones do is tried beside each command.</summary>
public sealed partial class OperatingGuideTests
{
    public static TheoryData<string> Commands =>
    [
        .. Command().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Of(), "charts", "OPERATING.md")))
            .Select(static match => match.Groups[1].Value).Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_is_one(string command)
    {
        Ended help = await CommandLine.RunAsync([.. command.Split(' '), "--help"]);

        help.With(0).Says($"h2h {command}");
    }

    [GeneratedRegex(@"[`\n]h2h ((?:(?:store|key|policy|list) )?[a-z-]+)")]
    private static partial Regex Command();
}
