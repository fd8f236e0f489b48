using System.Collections.Immutable;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies;

/// <summary>
/// Reads times that a person named as inconvenient: <c>mon-fri 15:00-17:00; sat-sun all</c>, in the words in which a
/// policy writes <c>quiet</c>.
/// </summary>
public static partial class QuietText
{
    public const int LengthMax = 500;

    private static readonly LocalDate Latest = new(2199, 12, 31);

    /// <summary>The latest last day, in days since 1970.</summary>
    internal static uint DaysMax { get; } = (uint)Period.DaysBetween(new LocalDate(1970, 1, 1), Latest);

    /// <summary>Null if it cannot be read; then it is said why.</summary>
    public static QuietTimes? Read(string text, out string? problem)
    {
        Findings findings = new();
        ImmutableArray<NodeEntry>.Builder entries = ImmutableArray.CreateBuilder<NodeEntry>();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (text.Length > LengthMax || Form().Match(part) is not { Success: true } form)
            {
                problem = $"{Quoted.Of(part)} does not name days and hours. Write `mon-fri 15:00-17:00; sat-sun all`.";
                return null;
            }

            entries.Add(new NodeEntry(ScalarOf(form.Groups["days"].Value), ScalarOf(form.Groups["hours"].Value)));
        }

        QuietTimes? times = QuietReader.Read(ScalarOf(text), entries.ToImmutable(), findings);
        PolicyError? error = findings.ToErrors().FirstOrDefault();
        problem = error is null ? null : $"{error.Message} {error.Mend}";
        return error is null ? times : null;
    }

    /// <summary>The last day of something: <c>2026-12-31</c>; null if it is none from 1970 to 2199.</summary>
    public static LocalDate? ReadDay(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1970 } day } && day <= Latest
            ? day
            : null;

    private static Node.Scalar ScalarOf(string text) => new(1, 1, text, isPlain: true, 0, text.Length);

    [GeneratedRegex("^(?<days>[a-z][a-z, -]*?) +(?<hours>(?:all|[0-9]).*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
