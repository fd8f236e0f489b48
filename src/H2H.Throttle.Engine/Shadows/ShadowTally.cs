using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>Counts in memory what rules that decide nothing would have done. Safe from any thread.</summary>
internal sealed class ShadowTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Contacts, long Alone)> rules = new(StringComparer.Ordinal);
    private Instant? since;
    private long asked;
    private long wouldRefuse;
    private long wouldAllow;

    public ShadowCounts Counts
    {
        get
        {
            lock (gate)
            {
                return new ShadowCounts(since, asked, wouldRefuse, wouldAllow, ShadowCounts.Ordered(rules.Select(
                    static rule => new ShadowRule(rule.Key, rule.Value.Contacts, rule.Value.Alone))));
            }
        }
    }

    /// <param name="now">When.</param>
    /// <param name="wasAllowed">What was decided.</param>
    /// <param name="isRefused">What these rules say.</param>
    /// <param name="broken">The rules that the contact breaks.</param>
    public void Add(Instant now, bool wasAllowed, bool isRefused, ImmutableArray<string> broken)
    {
        lock (gate)
        {
            since ??= now;
            asked++;
            wouldRefuse += wasAllowed && isRefused ? 1 : 0;
            wouldAllow += !wasAllowed && !isRefused ? 1 : 0;
            foreach (string rule in broken)
            {
                (long contacts, long alone) = rules.GetValueOrDefault(rule);
                rules[rule] = (contacts + 1, alone + (broken.Length == 1 ? 1 : 0));
            }
        }
    }
}
