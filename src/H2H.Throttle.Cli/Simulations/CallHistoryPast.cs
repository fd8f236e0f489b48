using H2H.Throttle.Cli.Replay;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>The past that a history of calls tells, as <c>h2h replay</c> reads it.</summary>
internal static class CallHistoryPast
{
    public static async Task<PastFile> ReadAsync(
        string path, string channel, string purpose, CancellationToken cancellation)
    {
        HistoryFile file = await HistoryFile.ReadAsync(path, cancellation);
        PastFile past = new();
        ContactTraits traits = new(channel, purpose) { Campaign = file.Name };
        foreach (CallHistory history in file.Histories)
        {
            Instant[] times = history.Times();
            foreach (Instant at in times)
            {
                string? outcome = at == times[^1] ? history.LastOutcome : null;
                past.Of(history.Client).Add(
                    new LedgerContact(default, at, traits, 1, ContactState.Made, at, outcome, at), at, false);
            }
        }

        return past;
    }
}
