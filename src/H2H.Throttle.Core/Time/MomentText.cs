using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Core.Time;

/// <summary>Writes instants for people, as the clock of one zone shows them: <c>Tue 3 Mar 2026, 09:00</c>.</summary>
internal sealed class MomentText(DateTimeZone zone)
{
    private static readonly LocalDateTimePattern Minutes =
        LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm");

    private static readonly LocalDateTimePattern Seconds =
        LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm:ss");

    /// <summary>The zone's name.</summary>
    public string ZoneName => zone.Id;

    /// <summary>The whole second in which it lies.</summary>
    public string Write(Instant at)
    {
        LocalDateTime local = at.WithOffset(zone.GetUtcOffset(at)).LocalDateTime;
        return (local.Second == 0 ? Minutes : Seconds).Format(local);
    }

    /// <summary>The same for an instant from which on something is so: the first whole second of it.</summary>
    public string WriteStart(Instant at)
    {
        Instant second = Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        return Write(second == at ? at : second + Duration.FromSeconds(1));
    }
}
