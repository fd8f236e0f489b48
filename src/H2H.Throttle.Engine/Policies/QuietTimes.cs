using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Times of the week, and how they are written.</summary>
/// <param name="Schedule">Not empty, and not always inside.</param>
/// <param name="Text">As <see cref="QuietText"/> reads them.</param>
public sealed record QuietTimes(WeekSchedule Schedule, string Text);
