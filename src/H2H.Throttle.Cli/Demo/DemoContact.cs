using NodaTime;

namespace H2H.Throttle.Cli.Demo;

/// <summary>One contact that a brand wants to make, in the person's own time.</summary>
/// <param name="AskedAt">When the brand asks.</param>
/// <param name="Brand">Who.</param>
/// <param name="Channel">By what means.</param>
/// <param name="Purpose">Why.</param>
/// <param name="PlannedAt">When it is to be made, if not at once.</param>
internal sealed record DemoContact(
    LocalDateTime AskedAt, string Brand, string Channel, string Purpose, LocalDateTime? PlannedAt)
{
    /// <summary>Where it stands in the week.</summary>
    public LocalDateTime At => PlannedAt ?? AskedAt;
}
