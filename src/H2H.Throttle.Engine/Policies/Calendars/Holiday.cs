using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>A public holiday.</summary>
/// <param name="Name">In English.</param>
/// <param name="On">When it is.</param>
/// <param name="FirstYear">It was made one then; null: before the calendar begins.</param>
/// <param name="Except">Years in which it was not, or was on a day of its own.</param>
/// <param name="Shift">What becomes of it on a Saturday or Sunday.</param>
internal sealed record Holiday(
    string Name, HolidayDate On, int? FirstYear, ImmutableArray<int> Except, WeekendShift Shift)
{
    public LocalDate? In(int year) => year < FirstYear || Except.Contains(year) ? null : On.In(year);
}
