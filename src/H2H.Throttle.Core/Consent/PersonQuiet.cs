using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Consent;

/// <summary>Times that a person named as inconvenient for contacts of a scope.</summary>
/// <remarks>They are local times where the person is, or in every zone where the person may be.</remarks>
public sealed record PersonQuiet
{
    /// <summary>The most that one person has.</summary>
    public const int QuietMax = 16;

    /// <param name="scope">Which contacts.</param>
    /// <param name="times">When they are not wanted. Some time is left, and no day is told by holidays.</param>
    /// <param name="text">The times as they are written: <c>mon-fri 15:00-17:00; sat-sun all</c>.</param>
    /// <param name="until">The last day for which it holds; null: for good.</param>
    public PersonQuiet(Scope scope, WeekSchedule times, string text, LocalDate? until)
    {
        (Scope, Times, Text, Until) = (scope, times, text, until);
        Rule = new Inconvenient(this);
    }

    public Scope Scope { get; }

    public WeekSchedule Times { get; }

    public string Text { get; }

    public LocalDate? Until { get; }

    internal Inconvenient Rule { get; }

    public bool Equals(PersonQuiet? other) =>
        other is not null && Scope == other.Scope && Text == other.Text && Until == other.Until;

    public override int GetHashCode() => HashCode.Combine(Scope, Text, Until);
}
