using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Options;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Lists;

/// <summary>The first line of an exported list: a comment to whoever imports it, but for this command.</summary>
/// <param name="AsOf">Of when the list tells.</param>
/// <param name="KeyId">Which key its hashes were made with.</param>
internal sealed partial record ExportHead(Timestamp AsOf, string KeyId)
{
    /// <summary>Null if the line is another.</summary>
    public static ExportHead? Read(string line) =>
        Form().Match(line) is { Success: true } match
        && InstantPattern.ExtendedIso.Parse(match.Groups["as_of"].Value) is { Success: true, Value: var asOf }
            ? new ExportHead(Moments.Write(asOf), match.Groups["key"].Value)
            : null;

    public string Write(string list) =>
        $"# h2h suppressions: list {list}, as of {InstantPattern.ExtendedIso.Format(Moments.Read(AsOf))}, key {KeyId}";

    [GeneratedRegex("^# h2h suppressions: list .+, as of (?<as_of>\\S+), key (?<key>\\S+)$")]
    private static partial Regex Form();
}
