using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Counts what is changed in people's records, once it is saved. Safe from any thread.</summary>
internal sealed class ChangeMeter
{
    private static readonly ImmutableArray<int> Tries = [1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128];
    private static readonly ImmutableArray<int> Contacts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
    private static readonly ImmutableArray<int> Bytes =
        [128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

    private readonly Histogram<int> tries;
    private readonly Counter<long> guesses;
    private readonly Counter<long> contacts;
    private readonly Counter<long> facts;
    private readonly Histogram<int> ledger;
    private readonly Histogram<int> size;

    public ChangeMeter(Meter meter)
    {
        tries = meter.CreateHistogram(
            "h2h.throttle.save.tries",
            "{try}",
            "How often a change of a person was tried until it held.",
            null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = Tries });
        guesses = meter.CreateCounter<long>(
            "h2h.throttle.guesses", "{guess}", "Saves that went by a guess at what is stored, to spare a look.");
        contacts = meter.CreateCounter<long>(
            "h2h.throttle.contacts", "{contact}", "What became of contacts and reservations.");
        facts = meter.CreateCounter<long>(
            "h2h.throttle.facts", "{fact}", "What was said by people and about them, and is in the journal.");
        ledger = meter.CreateHistogram(
            "h2h.throttle.ledger.contacts",
            "{contact}",
            "How many contacts the ledgers hold that were saved.",
            null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = Contacts });
        size = meter.CreateHistogram(
            "h2h.throttle.record.size",
            "By",
            "How large the records of people are that were saved.",
            null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = Bytes });
    }

    /// <summary>Whether a <see cref="ContactTally"/> is worth making.</summary>
    public bool CountsContacts => contacts.Enabled;

    /// <param name="saves">How many saves of one change were tried so far, this one included.</param>
    /// <param name="isGuess">It went by a guess.</param>
    /// <param name="isSaved">It held.</param>
    public void TriedSaving(int saves, bool isGuess, bool isSaved)
    {
        if (isGuess)
        {
            guesses.Add(1, new KeyValuePair<string, object?>("result", isSaved ? "right" : "wrong"));
        }

        if (isSaved)
        {
            tries.Record(saves);
        }
    }

    /// <summary>A record was saved.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="ledgerContacts">How many contacts it holds.</param>
    /// <param name="tally">What became of contacts.</param>
    /// <param name="outbox">The facts that it leaves.</param>
    public void Saved(int bytes, int ledgerContacts, in ContactTally tally, IReadOnlyList<JournalFact> outbox)
    {
        size.Record(bytes);
        ledger.Record(ledgerContacts);
        tally.AddTo(contacts);
        if (facts.Enabled)
        {
            foreach (JournalFact fact in outbox)
            {
                facts.Add(1, new KeyValuePair<string, object?>("kind", fact.Kind));
            }
        }
    }
}
