using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace H2H.Throttle.Cli.Replay;

/// <summary>What is replayed, and under which name.</summary>
/// <remarks>
/// People are called <c>client@run</c>. The run is named for the file and for all that decides about it, so the same
/// command goes on where it stopped, while another policy meets people who have no past.
/// </remarks>
internal sealed record ReplayPlan
{
    /// <param name="run">The run's name; null: made of the file, the policy and the words below.</param>
    /// <param name="file">The calls.</param>
    /// <param name="document">The policy that decides.</param>
    /// <param name="channel">By which the calls are made.</param>
    /// <param name="purpose">For which they are made.</param>
    public ReplayPlan(string? run, HistoryFile file, string document, string channel, string purpose)
    {
        (Campaign, Histories, Channel, Purpose) = (file.Name, file.Histories, channel, purpose);
        Run = run ?? NameOf(file.Hash, file.Name, document, channel, purpose);
        CallsTotal = Histories.Sum(static history => history.Attempts);
        SalesTotal = Histories.Count(static history => history.HasBought);
    }

    public string Run { get; }

    public string Campaign { get; }

    public string Channel { get; }

    public string Purpose { get; }

    public ImmutableArray<CallHistory> Histories { get; }

    public int CallsTotal { get; }

    public int SalesTotal { get; }

    public string PersonOf(CallHistory history) => $"{history.Client}@{Run}";

    private static string NameOf(params string[] parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 4));
    }
}
