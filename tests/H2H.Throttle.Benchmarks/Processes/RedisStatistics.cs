using System.Globalization;
using System.Text.RegularExpressions;

namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>What Redis says of the commands that it ran.</summary>
/// <param name="Commands">By their names, in small letters.</param>
internal sealed partial record RedisStatistics(IReadOnlyDictionary<string, (long Calls, long Microseconds)> Commands)
{
    /// <summary>What each save begins with, alone or in a script with others: so many saves were tried.</summary>
    public const string Compare = "getrange";

    public static RedisStatistics None { get; } = new(new Dictionary<string, (long, long)>());

    /// <summary>How long scripts ran, with the commands that they ran.</summary>
    public long ScriptMicroseconds => Of("evalsha").Microseconds + Of("eval").Microseconds;

    public static RedisStatistics Read(string info) => new(Line().Matches(info).ToDictionary(
        static line => line.Groups[1].Value,
        static line => (NumberOf(line.Groups[2]), NumberOf(line.Groups[3]))));

    /// <summary>Of one command; of one that never ran nothing.</summary>
    public (long Calls, long Microseconds) Of(string command) => Commands.GetValueOrDefault(command);

    /// <summary>What was done since then.</summary>
    public RedisStatistics Since(RedisStatistics before) => new(Commands
        .Select(one => (one.Key, Done: (one.Value.Calls - before.Of(one.Key).Calls,
            one.Value.Microseconds - before.Of(one.Key).Microseconds)))
        .Where(static one => one.Done.Item1 > 0)
        .ToDictionary(static one => one.Key, static one => one.Done));

    /// <summary>How often each ran for each of so many decisions.</summary>
    public Dictionary<string, double> CallsFor(double decisions) =>
        Commands.ToDictionary(static one => one.Key, one => one.Value.Calls / decisions);

    private static long NumberOf(Group digits) => long.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^cmdstat_(\S+?):calls=(\d+),usec=(\d+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
