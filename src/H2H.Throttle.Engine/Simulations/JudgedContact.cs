using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>What a policy says of one contact of the past.</summary>
/// <param name="Who">Whose it is: the place of the person in the group.</param>
/// <param name="Contact">As it stands in the ledger.</param>
/// <param name="WasRefused">It was asked for and refused when it was.</param>
/// <param name="Unmet">The rules that it breaks, whatever their effect.</param>
internal readonly record struct JudgedContact(
    int Who, LedgerContact Contact, bool WasRefused, ImmutableArray<Rule> Unmet)
{
    public bool IsRefused
    {
        get
        {
            foreach (Rule rule in Unmet)
            {
                if (rule.Effect is Effect.Deny)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
