using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>The calendars that the product brings along.</summary>
public static class HolidayCalendars
{
    private const string Prefix = "calendars/";

    /// <summary>In the order of their names.</summary>
    public static ImmutableArray<CalendarFile> All { get; } = ReadAll();

    /// <summary>By the name that policies use, such as <c>fr</c>.</summary>
    public static FrozenDictionary<string, HolidayCalendar> ByName { get; } = All.ToFrozenDictionary(
        static file => file.Calendar.Name, static file => file.Calendar, StringComparer.Ordinal);

    /// <summary>By ISO 3166-1 alpha-2 code of the country.</summary>
    public static FrozenDictionary<string, HolidayCalendar> ByCountry { get; } = All
        .Where(static file => file.Calendar.Country is not null)
        .ToFrozenDictionary(
            static file => file.Calendar.Country!, static file => file.Calendar, StringComparer.Ordinal);

    private static ImmutableArray<CalendarFile> ReadAll() =>
    [
        .. typeof(HolidayCalendars).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    private static CalendarFile Read(string resource)
    {
        using Stream stream = typeof(HolidayCalendars).Assembly.GetManifestResourceStream(resource)!;
        using StreamReader reader = new(stream);
        return CalendarReader.Read(reader.ReadToEnd());
    }
}
