using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>A contact where it stands in the order in which contacts were asked for.</summary>
/// <param name="Who">Whose it is: the place of the person in the group.</param>
/// <param name="Contact">As it stands in the ledger.</param>
/// <param name="WasRefused">It was asked for and refused.</param>
internal readonly record struct PastEntry(int Who, LedgerContact Contact, bool WasRefused) : IComparable<PastEntry>
{
    // Several contacts of a person in one tick of the clock are numbered on.
    private static readonly Duration NumberedOnMax = Duration.FromMilliseconds(1);

    /// <summary>
    /// When it was asked for, which its number tells: for one that was planned before it was to be made, for one that
    /// was recorded later after it was made.
    /// </summary>
    public Instant Asked
    {
        get
        {
            Instant numbered = Instant.FromUnixTimeTicks(Contact.Number.Value);
            return numbered >= Contact.At && numbered - Contact.At < NumberedOnMax ? Contact.At : numbered;
        }
    }

    public int CompareTo(PastEntry other)
    {
        int byNumber = Contact.Number.CompareTo(other.Contact.Number);
        return byNumber != 0 ? byNumber : Who.CompareTo(other.Who);
    }
}
