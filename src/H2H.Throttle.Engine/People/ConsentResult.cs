using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.People;

/// <summary>What a person has said, and what saying it just now did.</summary>
/// <param name="OptOuts">In force, in whole or in part, oldest first.</param>
/// <param name="OptIns">What is free again of those opt-outs, oldest first.</param>
/// <param name="Snoozes">Not over yet.</param>
/// <param name="Consents">Given, those that have ended included, in the order in which they were given.</param>
/// <param name="Revoked">Reservations that this call revoked, oldest first.</param>
/// <param name="Lifted">Opt-outs that this call lifted whole.</param>
public sealed record ConsentResult(
    ImmutableArray<Statement> OptOuts,
    ImmutableArray<Statement> OptIns,
    ImmutableArray<Snooze> Snoozes,
    ImmutableArray<KnownConsent> Consents,
    ImmutableArray<ContactId> Revoked,
    int Lifted)
{
    /// <summary>Whether one message may confirm what the person wrote, though they may be opted out.</summary>
    public bool MayConfirm { get; init; }

    /// <summary>What the person said, oldest first.</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>How many there were before those.</summary>
    public int HistoryForgotten { get; init; }

    /// <summary>What the answer outlives, where the call was to restrict contacts; else unstated.</summary>
    public Durability Durability { get; init; }
}
