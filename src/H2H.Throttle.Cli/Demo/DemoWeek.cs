using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Demo;

/// <summary>The week that is played: who wants to reach the person when, and when the person has had enough.</summary>
internal static class DemoWeek
{
    public const string Person = "ada";

    /// <summary>The day, the hour and the minute at which the person says no to marketing.</summary>
    public static LocalDateTime OptOutAt { get; } = new(2026, 3, 5, 15, 20);

    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Europe/Rome"];

    /// <summary>In the order in which the brands ask.</summary>
    public static ImmutableArray<DemoContact> Contacts { get; } = Read();

    public static string PolicyDocument { get; } = Resource("demo-policy.yaml");

    private static ImmutableArray<DemoContact> Read() =>
    [
        .. Resource("demo-week.csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(static line => line.Split(','))
            .Select(static row => new DemoContact(
                Time(row[0]), row[1], row[2], row[3], row[4].Length > 0 ? Time(row[4]) : null)),
    ];

    private static LocalDateTime Time(string text) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value;

    private static string Resource(string name)
    {
        using Stream stream = typeof(DemoWeek).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
