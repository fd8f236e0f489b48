using System.Security.Cryptography;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>The claims of one call in the pools of one person. For one at a time.</summary>
internal sealed class OwnClaims(PoolStore pools, PersonKey person, Instant now)
{
    private readonly long token = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly HashSet<PoolKey> claimed = [];

    /// <summary>
    /// Claims the contact in every pool, in their order, in place of what this call has claimed before. False:
    /// somebody has changed a pool since it was seen.
    /// </summary>
    /// <exception cref="RequestException">A pool is full.</exception>
    public async ValueTask<bool> ClaimAsync(PoolView view, LedgerContact contact, CancellationToken cancellation)
    {
        PoolClaim claim = new(person, view.Person.Known.Record.Version, contact, token, now + PoolClaim.Life);
        foreach (SeenPool seen in view.Pools)
        {
            if (seen.Others.IsFull)
            {
                throw new RequestException(
                    ProblemReason.RecordFull,
                    "contact.person_id",
                    $"The people of the person's {seen.Kind} have {PoolLedger.ContactsMax} contacts or more; no more "
                    + "can be reserved.");
            }

            PoolRecord after = seen.Stored.Record with
            {
                Members = seen.Stored.Record.Members.Add(person),
                Claims = seen.Open.RemoveAll(open => open.Token == token).Add(claim),
            };
            if (after.Claims.Length > PoolRecord.ClaimsMax)
            {
                throw PoolStore.Contended();
            }

            // The outcome of a save that fails is unknown, so from here on there may be a claim.
            claimed.Add(seen.Stored.Key);
            if (await pools.TrySaveAsync(seen.Stored, after, now, cancellation).ConfigureAwait(false) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives back what this call has claimed, and will not reserve.</summary>
    public async ValueTask WithdrawAsync(CancellationToken cancellation)
    {
        foreach (PoolKey pool in claimed)
        {
            await pools.ChangeAsync(pool, now, Without, cancellation).ConfigureAwait(false);
        }

        claimed.Clear();
    }

    private PoolRecord? Without(PoolRecord record) => record.Claims.Any(claim => claim.Token == token)
        ? record with { Claims = record.Claims.RemoveAll(claim => claim.Token == token) }
        : null;
}
