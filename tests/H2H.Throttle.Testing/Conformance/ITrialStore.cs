using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>A store that a conformance suite may do with as it likes: real, empty at first, its own.</summary>
public interface ITrialStore : IAsyncDisposable
{
    IRecordStore Records { get; }

    IJournal Journal { get; }

    /// <summary>The time by which records of this store expire.</summary>
    Instant Now { get; }

    /// <summary>A life so short that waiting for its end is bearable: any on a clock moved by hand.</summary>
    Duration ShortLife { get; }

    /// <summary>Lets time go by: moves the clock, or waits where the store goes by a clock of its own.</summary>
    ValueTask AdvanceAsync(Duration by);

    /// <summary>Closes the store as a server does that shuts down, and opens it again on what is there.</summary>
    ValueTask ReopenAsync();

    /// <summary>
    /// Closes the store as a server does that shuts down; the ports stay for those who still call them.
    /// </summary>
    ValueTask CloseAsync();
}
