using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>A contact that is about to be reserved: it counts in the pool before the person's record has it.</summary>
/// <remarks>
/// It is open while the person's record is still as it was seen, for only then the save that it announces can succeed.
/// From then on that record alone says whether there is such a contact.
/// </remarks>
/// <param name="Person">Whose.</param>
/// <param name="Seen">The version of the person's record that the save will replace.</param>
/// <param name="Contact">As it will be saved.</param>
/// <param name="Token">Tells the claims of one call from all others.</param>
/// <param name="Until">
/// Whoever still finds it open then may save the person's record unchanged, which ends it.
/// </param>
internal sealed record PoolClaim(
    PersonKey Person, RecordVersion Seen, LedgerContact Contact, long Token, Instant Until)
{
    /// <summary>How long a call may take between the two saves before others may spoil the second.</summary>
    public static Duration Life { get; } = Duration.FromSeconds(5);
}
