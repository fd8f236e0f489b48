using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>The time over which contacts are counted together.</summary>
/// <remarks><c>ToString</c> is the form of the policy language.</remarks>
public abstract record Window
{
    /// <summary>The longest rolling window, calendar span or block.</summary>
    public const int DaysMax = 3660;

    /// <summary>The same in months: ten years.</summary>
    public const int MonthsMax = 120;

    private Window() { }

    public static Window Forever { get; } = new Lifetime();

    /// <summary>
    /// How far back a contact can matter; null: for ever. Generous by whole units, since a unit's length varies.
    /// </summary>
    public abstract Duration? Reach { get; }

    /// <summary>Whether it depends on a calendar and so on a zone.</summary>
    public abstract bool HasCalendar { get; }

    /// <summary>Elapsed time. Half-open: a contact made exactly <see cref="Span"/> ago has left.</summary>
    public sealed record Rolling : Window
    {
        private readonly string? text;

        /// <param name="span">More than zero, at most <see cref="DaysMax"/> days.</param>
        /// <param name="text">The span as the policy wrote it; null: in the largest unit that fits.</param>
        public Rolling(Duration span, string? text = null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, Duration.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(span, Duration.FromDays(DaysMax));
            (Span, this.text) = (span, text);
        }

        public Duration Span { get; }

        public override Duration? Reach => Span;

        public override bool HasCalendar => false;

        public bool Equals(Rolling? other) => other is not null && Span == other.Span;

        public override int GetHashCode() => Span.GetHashCode();

        public override string ToString() => $"rolling {text ?? SpanText.Write(Span)}";
    }

    /// <summary>
    /// So many months back on the zone's clock. Half-open: a contact made at the same time of the same day so many
    /// months ago has left.
    /// </summary>
    /// <remarks>Where that month has no such day, it leaves as the next month begins.</remarks>
    public sealed record RollingMonths : Window
    {
        /// <param name="months">1 to <see cref="MonthsMax"/>.</param>
        public RollingMonths(int months)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(months, MonthsMax);
            Months = months;
        }

        public int Months { get; }

        public override Duration? Reach => Duration.FromDays((Months * EvenMonths.DaysInEach) + 3);

        public override bool HasCalendar => true;

        public override string ToString() => Months % 12 == 0 ? $"rolling {Months / 12}y" : $"rolling {Months}mo";
    }

    /// <summary>The months that end with this calendar day.</summary>
    /// <remarks>
    /// On 15 March <c>last 1 month</c> begins on 16 February. Where a month has no day of that number, what was on that
    /// day leaves as the next month begins.
    /// </remarks>
    public sealed record LastMonths : Window
    {
        /// <param name="months">1 to <see cref="MonthsMax"/>; today is the last day of them.</param>
        /// <param name="andDay">Whether today comes on top, so that the months end with yesterday.</param>
        public LastMonths(int months, bool andDay = false)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(months, MonthsMax);
            (Months, AndDay) = (months, andDay);
        }

        public int Months { get; }

        public bool AndDay { get; }

        public override Duration? Reach => Duration.FromDays((Months * EvenMonths.DaysInEach) + 4);

        public override bool HasCalendar => true;

        public override string ToString() => $"last {EvenMonths.Write(Months)}{(AndDay ? " and 1 day" : "")}";
    }

    /// <summary>This calendar day and the ones before it, stretched outwards to whole units if told so.</summary>
    public sealed record LastDays : Window
    {
        /// <param name="days">1 to <see cref="DaysMax"/>, today included.</param>
        /// <param name="widen">Day, week, month or quarter; null (the same as day): not stretched.</param>
        public LastDays(int days, CalendarUnit? widen = null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
            if (widen is CalendarUnit.Hour or CalendarUnit.Year)
            {
                throw new ArgumentOutOfRangeException(nameof(widen), widen, "Widen to day, week, month or quarter.");
            }

            (Days, Widen) = (days, widen is CalendarUnit.Day ? null : widen);
        }

        public int Days { get; }

        public CalendarUnit? Widen { get; }

        public override Duration? Reach => Duration.FromDays(Days + 2 + (Widen is null ? 0 : 200));

        public override bool HasCalendar => true;

        public override string ToString() =>
            (Days == 1 ? "last 1 day" : $"last {Days} days")
            + (Widen is { } unit ? $" widened to the {unit.ToString().ToLowerInvariant()}" : "");
    }

    /// <summary>Aligned blocks of whole units.</summary>
    public sealed record Calendar : Window
    {
        /// <param name="unit">Of what.</param>
        /// <param name="count">
        /// How many make a block: at least 1, and no block is longer than <see cref="DaysMax"/> days.
        /// </param>
        public Calendar(CalendarUnit unit, int count = 1)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax(unit));
            (Unit, Count) = (unit, count);
        }

        public CalendarUnit Unit { get; }

        public int Count { get; }

        public override Duration? Reach => (Duration.FromHours(HoursOf(Unit)) * Count) + Duration.FromDays(2);

        public override bool HasCalendar => true;

        public static int CountMax(CalendarUnit unit) => DaysMax * 24 / HoursOf(unit);

        public override string ToString()
        {
            string unit = Unit.ToString().ToLowerInvariant();
            return Count == 1 ? $"calendar {unit}" : $"calendar {Count} {unit}s";
        }

        private static int HoursOf(CalendarUnit unit) => unit switch
        {
            CalendarUnit.Hour => 1,
            CalendarUnit.Day => 24,
            CalendarUnit.Week => 7 * 24,
            CalendarUnit.Month => 31 * 24,
            CalendarUnit.Quarter => 92 * 24,
            _ => 366 * 24,
        };
    }

    /// <summary>All time: what has been counted never leaves.</summary>
    public sealed record Lifetime : Window
    {
        internal Lifetime() { }

        public override Duration? Reach => null;

        public override bool HasCalendar => false;

        public override string ToString() => "lifetime";
    }
}
