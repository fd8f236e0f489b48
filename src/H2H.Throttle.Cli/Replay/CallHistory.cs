using NodaTime;

namespace H2H.Throttle.Cli.Replay;

/// <summary>The calls to one client in one campaign, as one row of a history has them.</summary>
/// <param name="Client">The client's id in the file; no other row has it.</param>
/// <param name="Attempts">How many calls there were: 1 or more.</param>
/// <param name="LastDate">The day of the last one, the only one that the file dates.</param>
/// <param name="LastCallSeconds">How long the last one was; 0: nobody spoke.</param>
/// <param name="HasBought">The last one ended in a sale.</param>
internal sealed record CallHistory(string Client, int Attempts, LocalDate LastDate, int LastCallSeconds, bool HasBought)
{
    /// <summary>The outcome of the last call, in the policy's words.</summary>
    public string LastOutcome => HasBought ? "converted" : LastCallSeconds > 0 ? "conversation" : "no_answer";

    /// <summary>
    /// When each call is placed, first to last: at noon UTC, the last on its day, each earlier one on the working day
    /// before the next.
    /// </summary>
    public Instant[] Times()
    {
        Instant[] times = new Instant[Attempts];
        LocalDate day = LastDate;
        for (int attempt = Attempts - 1; attempt >= 0; attempt--)
        {
            times[attempt] = day.At(new LocalTime(12, 0)).InUtc().ToInstant();
            day = WorkingDayBefore(day);
        }

        return times;
    }

    /// <remarks>Monday to Friday; no calendar of holidays is asked.</remarks>
    private static LocalDate WorkingDayBefore(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Monday => day.PlusDays(-3),
        IsoDayOfWeek.Sunday => day.PlusDays(-2),
        _ => day.PlusDays(-1),
    };
}
