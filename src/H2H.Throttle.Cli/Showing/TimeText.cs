using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Options;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Writes instants as the clock on somebody's wall shows them.</summary>
internal sealed class TimeText(DateTimeZone zone)
{
    private static readonly LocalDateTimePattern Minutes =
        LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm");

    private static readonly LocalDateTimePattern Seconds =
        LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm:ss");

    public DateTimeZone Zone => zone;

    /// <summary>Its IANA name; systems know UTC by several, people by one.</summary>
    public string ZoneName { get; } = zone.Id is "Etc/UTC" or "Etc/UCT" or "Etc/Zulu" ? "UTC" : zone.Id;

    public static TimeText OfThisTerminal()
    {
        try
        {
            return new TimeText(DateTimeZoneProviders.Tzdb.GetSystemDefault());
        }
        catch (DateTimeZoneNotFoundException)
        {
            return new TimeText(DateTimeZone.Utc);
        }
    }

    /// <summary><c>Tue 3 Mar 2026, 09:00 Europe/Rome</c>: the whole second in which it lies.</summary>
    public string Write(Timestamp timestamp) => $"{Brief(timestamp)} {ZoneName}";

    /// <summary>The same for an instant from which on something is so: the first whole second of it.</summary>
    public string WriteStart(Timestamp timestamp) => $"{BriefStart(timestamp)} {ZoneName}";

    /// <summary>As <see cref="WriteStart"/>, without the zone.</summary>
    public string BriefStart(Timestamp timestamp) =>
        Brief(timestamp.Nanos == 0 ? timestamp : new Timestamp { Seconds = timestamp.Seconds + 1 });

    /// <summary>As <see cref="Write"/>, without the zone.</summary>
    public string Brief(Timestamp timestamp)
    {
        LocalDateTime local = Moments.Read(timestamp).InZone(zone).LocalDateTime;
        bool isWhole = local.Second == 0;
        return (isWhole ? Minutes : Seconds).Format(local);
    }

    /// <summary>About how long, in the two largest units: <c>2 days 3 hours</c>, <c>45 minutes</c>.</summary>
    public static string Length(Duration span)
    {
        (long Count, string Unit)[] parts =
        [
            (span.Days, "day"), (span.Hours, "hour"), (span.Minutes, "minute"), (span.Seconds, "second"),
        ];
        IEnumerable<string> words = parts
            .SkipWhile(static part => part.Count == 0)
            .Take(2)
            .Where(static part => part.Count > 0)
            .Select(static part => string.Create(
                CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}{(part.Count == 1 ? "" : "s")}"));
        string text = string.Join(' ', words);
        return text.Length > 0 ? text : "less than a second";
    }
}
