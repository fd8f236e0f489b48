using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>One line of an audience.</summary>
/// <param name="Number">On which line of the file it starts, from 1.</param>
/// <param name="PersonId">Whom it is about, as far as that can be read.</param>
/// <param name="Contact">What to ask about; null: the line is bad.</param>
/// <param name="Fault">What is wrong with it; null: nothing.</param>
internal sealed record AudienceLine(long Number, string PersonId, Contact? Contact, string? Fault);
