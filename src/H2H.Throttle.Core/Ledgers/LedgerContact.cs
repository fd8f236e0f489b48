using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Core.Ledgers;

/// <summary>A contact in a ledger.</summary>
/// <param name="Number">Which one it is.</param>
/// <param name="At">When it was made, or is planned to be.</param>
/// <param name="Traits">What it is.</param>
/// <param name="Weight">1 to <see cref="Attempt.WeightMax"/>.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Expires">
/// When a reservation ends by itself; the same instant as <paramref name="At"/> for others.
/// </param>
/// <param name="Outcome">What became of it; null while nobody has said.</param>
/// <param name="OutcomeAt">When that was so; the same instant as <paramref name="At"/> while nobody has said.</param>
public readonly record struct LedgerContact(
    ContactNumber Number,
    Instant At,
    ContactTraits Traits,
    int Weight,
    ContactState State,
    Instant Expires,
    string? Outcome,
    Instant OutcomeAt)
{
    /// <summary>
    /// The same traits with the subjects that were talked about, where they are not those it was placed for; null: they
    /// are, or nobody has said.
    /// </summary>
    public ContactTraits? Discussed { get; init; }

    /// <summary>Neither confirmed nor given back.</summary>
    public bool IsOpen => State is ContactState.Reserved or ContactState.Revoked;

    /// <summary>Of contacts in the order of time, those from an instant until, but not including, another.</summary>
    internal static ReadOnlySpan<LedgerContact> Between(
        ReadOnlySpan<LedgerContact> ordered, Instant from, Instant until)
    {
        int first = FirstFrom(ordered, from);
        return ordered[first..Math.Max(first, FirstFrom(ordered, until))];
    }

    private static int FirstFrom(ReadOnlySpan<LedgerContact> ordered, Instant instant)
    {
        int low = 0;
        int high = ordered.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ordered[middle].At < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
