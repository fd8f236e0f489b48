using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Finds people by keys that callers were given before the identity key was rotated.</summary>
/// <remarks>Ids of contacts have the person's key in them, and may come back weeks later.</remarks>
internal sealed class Succession(PersonStore people, IdentityHasher hasher)
{
    /// <summary>The key under which somebody is known; the same if nobody is, or there was no rotation.</summary>
    public async ValueTask<ContactId> FindAsync(ContactId id, CancellationToken cancellation)
    {
        if (hasher.Generation == 1 || await IsKnownAsync(id.Person, cancellation).ConfigureAwait(false))
        {
            return id;
        }

        foreach (PersonKey later in hasher.Successors(id.Person))
        {
            if (await IsKnownAsync(later, cancellation).ConfigureAwait(false))
            {
                return id with { Person = later };
            }
        }

        return id;
    }

    private async ValueTask<bool> IsKnownAsync(PersonKey person, CancellationToken cancellation)
    {
        PersonRecord record = await people.LookAsync(person, cancellation).ConfigureAwait(false);
        return record.Moved is not null || record.LastSeen != NodaConstants.UnixEpoch;
    }
}
