namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Counts verdicts. Safe from any thread.</summary>
internal sealed class CampaignTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> denials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> errors = new(StringComparer.Ordinal);
    private long done;
    private long allowed;
    private long known;

    /// <summary>How many lines have a verdict or an error.</summary>
    public long Done => Volatile.Read(ref done);

    /// <summary>How many of them had it before this start.</summary>
    public long Known => Volatile.Read(ref known);

    public long Allowed => Volatile.Read(ref allowed);

    /// <summary>How many were denied, by the first rule in the way, most first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Denials => Sorted(denials);

    /// <summary>How many lines have no verdict, by why, most first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Errors => Sorted(errors);

    /// <param name="row">A verdict.</param>
    /// <param name="isNew">It was not there when this process started.</param>
    public void Count(VerdictRow row, bool isNew = true)
    {
        lock (gate)
        {
            done++;
            known += isNew ? 0 : 1;
            switch (row.Verdict)
            {
                case VerdictRow.Allow:
                    allowed++;
                    break;
                case VerdictRow.Deny:
                    Add(denials, row.Reason);
                    break;
                default:
                    Add(errors, row.Reason);
                    break;
            }
        }
    }

    private static void Add(Dictionary<string, long> counts, string reason) =>
        counts[reason] = counts.GetValueOrDefault(reason) + 1;

    private List<KeyValuePair<string, long>> Sorted(Dictionary<string, long> counts)
    {
        lock (gate)
        {
            return
            [
                .. counts.OrderByDescending(static one => one.Value)
                    .ThenBy(static one => one.Key, StringComparer.Ordinal),
            ];
        }
    }
}
