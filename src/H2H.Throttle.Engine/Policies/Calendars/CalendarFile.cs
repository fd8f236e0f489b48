using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>A calendar that the product brings along, with what is known of where it comes from.</summary>
/// <param name="Calendar">The holidays.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Source">The statute.</param>
/// <param name="Checked">Which of it was held against a primary text, and which was not.</param>
/// <param name="Document">The file, comments included.</param>
public sealed record CalendarFile(
    HolidayCalendar Calendar, string Title, string Source, string Checked, string Document);
