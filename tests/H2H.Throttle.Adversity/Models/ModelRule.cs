using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Adversity.Models;

/// <summary>At most so many contacts in any window that holds the new one, counted as slowly as it is sure.</summary>
/// <param name="Name">As in the policy.</param>
/// <param name="Channel">The one that is counted and governed; null: all.</param>
/// <param name="Limit">At most.</param>
/// <param name="Window">Half-open: a contact exactly that long ago has left.</param>
internal sealed record ModelRule(string Name, string? Channel, int Limit, Duration Window)
{
    /// <summary>Whether one more contact breaks it.</summary>
    /// <param name="contacts">Those before.</param>
    /// <param name="channel">Of the new one.</param>
    /// <param name="at">Of the new one.</param>
    /// <param name="now">When it is asked.</param>
    public bool IsBrokenBy(ImmutableArray<ModelContact> contacts, string channel, Instant at, Instant now)
    {
        if (Channel is not null && Channel != channel)
        {
            return false;
        }

        Instant[] all =
        [
            at,
            .. contacts
                .Where(contact => (Channel is null || Channel == contact.Channel) && contact.Counts(now))
                .Select(static contact => contact.At),
        ];
        return all.Any(start => start <= at && at < start + Window
            && all.Count(one => start <= one && one < start + Window) > Limit);
    }
}
