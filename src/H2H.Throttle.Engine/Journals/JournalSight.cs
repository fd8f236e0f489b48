using NodaTime;

namespace H2H.Throttle.Engine.Journals;

/// <summary>What a watch of the journal tells.</summary>
public abstract record JournalSight
{
    private JournalSight()
    {
    }

    /// <summary>An entry that was wanted.</summary>
    public sealed record Seen(JournalEntry Entry) : JournalSight;

    /// <summary>The watch is alive, and there is nothing to tell.</summary>
    /// <param name="Position">Everything up to it was looked at.</param>
    /// <param name="At">The server's clock.</param>
    public sealed record Pulse(long Position, Instant At) : JournalSight;
}
