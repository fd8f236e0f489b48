using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What a change asks of the stores.</summary>
/// <param name="Bytes">The record, encoded; not to be changed.</param>
/// <param name="Expires">When the record may be forgotten; null: never.</param>
/// <param name="Outbox">The facts that the record holds for the journal.</param>
/// <param name="Contacts">How many contacts the record holds.</param>
/// <param name="Tally">What became of contacts by it.</param>
internal sealed record PersonSave(
    byte[] Bytes, Instant? Expires, IReadOnlyList<JournalFact> Outbox, int Contacts, ContactTally Tally);
