using System.Collections.Immutable;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>Finds facts in the parts of the journal that are full.</summary>
/// <remarks>
/// The part before the one that grows is always looked into, since a fact may be repeated at once; those before it only
/// for facts that happened before they were full, such as what a server tells of policies when it starts.
/// </remarks>
internal sealed class OlderFacts(Link link, KeySpace keys)
{
    /// <summary>For each fact its position; null: it is in none of them.</summary>
    public async ValueTask<long?[]> FindAsync(List<JournalFact> facts, ImmutableArray<FullPart> full)
    {
        long?[] found = new long?[facts.Count];
        for (int part = full.Length - 1; part >= 0; part--)
        {
            bool isLatest = part == full.Length - 1;
            int[] wanted =
            [
                .. Enumerable.Range(0, facts.Count).Where(
                    index => found[index] is null && (isLatest || full[part].MayHold(facts[index].At))),
            ];
            if (wanted.Length == 0)
            {
                continue;
            }

            RedisValue[] positions = await link.AskAsync(
                (Key: keys.JournalIdsOf(part), Ids: Array.ConvertAll(wanted, index => (RedisValue)facts[index].Id)),
                static (database, asked) => database.HashGetAsync(asked.Key, asked.Ids),
                CancellationToken.None);
            for (int index = 0; index < wanted.Length; index++)
            {
                found[wanted[index]] = (long?)positions[index];
            }
        }

        return found;
    }
}
