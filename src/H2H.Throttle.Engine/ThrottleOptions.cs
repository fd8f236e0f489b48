using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Engine;

/// <summary>How the engine behaves; the defaults work.</summary>
public sealed class ThrottleOptions
{
    public const string Section = "Throttle";

    /// <summary>How far the time that a caller gives may be from the server's clock.</summary>
    [Range(0, 86_400_000)]
    public int TimeSkewMaxMs { get; set; } = 60_000;

    /// <summary>Believe any time that a caller gives: for replaying history, demonstration and tests alone.</summary>
    public bool TrustRequestTime { get; set; }

    /// <summary>
    /// When the server starts, the document of <c>Server:FirstPolicyPath</c> takes the place of what was published
    /// since, as a new version, if they differ: the file is the truth. Otherwise what was published holds.
    /// </summary>
    public bool FirstPolicyWins { get; set; }

    /// <summary>How long a request id is remembered at least.</summary>
    [Range(1, 720)]
    public int RequestIdsKeptHours { get; set; } = 24;

    /// <summary>
    /// How long contacts are kept at least, whatever the rules need, so that a new rule finds a past to look at.
    /// </summary>
    [Range(1, 3660)]
    public int ContactsKeptDays { get; set; } = 400;

    /// <summary>How often a change is tried while others change the same person in other processes.</summary>
    [Range(1, 1000)]
    public int SaveTriesMax { get; set; } = 128;

    /// <summary>
    /// How many people a server of a shared store remembers, to guess what is stored and spare a load; 0 guesses that
    /// everybody is new.
    /// </summary>
    [Range(0, 10_000_000)]
    public int PeopleKnownMax { get; set; } = 100_000;

    /// <summary>
    /// How much memory they may take, in bytes, about: of a person with ten contacts, 0.7 kilobytes, and 0.2 kilobytes
    /// for each answer that is remembered by its request id.
    /// </summary>
    [Range(0, 1L << 40)]
    public long PeopleKnownBytesMax { get; set; } = 128 * 1024 * 1024;
}
