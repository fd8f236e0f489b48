using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>
/// Rules that decide nothing and count what they would have done: those that observe, and a whole policy that is asked
/// beside the one in force. Safe from any thread.
/// </summary>
/// <remarks>
/// It is told of every reservation after that was decided, so it can neither change nor hold up an answer. A whole
/// policy meets the contacts that the policy in force has admitted, not those that it would have admitted itself: that
/// is what a simulation tells.
/// </remarks>
public sealed class ShadowDesk
{
    private const int SaveTriesMax = 16;

    private readonly IRecordStore records;
    private readonly IJournal journal;
    private readonly PolicyShelf policies;
    private readonly ListShelf lists;
    private readonly RequestClock clock;
    private readonly Readiness readiness;
    private readonly ILogger log;
    private readonly ShadowLedger ledger;
    private volatile ShadowPolicy? current;
    private volatile PolicyInForce? observed;
    private volatile bool isObserving;

    internal ShadowDesk(
        IRecordStore records,
        IJournal journal,
        PolicyShelf policies,
        ListShelf lists,
        RequestClock clock,
        Readiness readiness,
        ILogger<ShadowDesk> log)
    {
        (this.records, this.journal, this.policies, this.lists) = (records, journal, policies, lists);
        (this.clock, this.readiness, this.log) = (clock, readiness, log);
        ledger = new ShadowLedger(records);
    }

    /// <summary>Asks a whole policy beside the one in force, in the place of one that is asked already.</summary>
    /// <remarks>Repeated with the same document it changes nothing, and what was counted stays.</remarks>
    /// <param name="document">YAML.</param>
    /// <param name="comment">Why; null: not told.</param>
    /// <param name="author">Who; null: not told.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<ShadowPolicy> SetAsync(
        string? document, string? comment, Actor? author, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.CheckComment(comment);
        problems.Require(
            !string.IsNullOrWhiteSpace(document), ProblemReason.FieldMissing, "document", "document is missing.");
        problems.ThrowIfAny();
        if (PolicyParser.Read(document!) is PolicyReading.Invalid invalid)
        {
            throw invalid.ToRefusal();
        }

        ShadowPolicyRecord set = await SaveAsync(
            document, comment ?? "", author, cancellation).ConfigureAwait(false);
        return current = PolicyOf(set)!;
    }

    /// <summary>Asks no other policy any more. What was counted is kept for a while, and told of no more.</summary>
    /// <param name="author">Who ends it; null: not told.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask EndAsync(Actor? author, CancellationToken cancellation)
    {
        await SaveAsync(null, "", author, cancellation).ConfigureAwait(false);
        current = null;
    }

    /// <param name="version">Whose observing rules to tell of; null: the one in force.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<ShadowView> ShowAsync(long? version, CancellationToken cancellation)
    {
        readiness.Require();
        long number = policies.Get(version).Number;
        ShadowPolicy? policy = current;
        Instant now = clock.Now;
        return new ShadowView(
            number,
            await ledger.ReadAsync(RulesOf(number), now, cancellation).ConfigureAwait(false),
            policy,
            policy is null
                ? ShadowCounts.None
                : await ledger.ReadAsync(CountsOf(policy), now, cancellation).ConfigureAwait(false));
    }

    /// <summary>Brings what was counted to the store; to be called now and again, and at the end.</summary>
    public ValueTask FlushAsync(CancellationToken cancellation) => ledger.FlushAsync(clock.Now, cancellation);

    /// <summary>Learns which policy another server has set.</summary>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    internal async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        Record record = await records.LoadAsync(ShadowPolicyRecord.Key, cancellation).ConfigureAwait(false);
        try
        {
            ShadowPolicyRecord? stored = record.Exists ? ShadowPolicyRecord.Read(record.Value.Span) : null;
            if (stored?.Number != current?.Number || stored?.Document is null)
            {
                current = PolicyOf(stored);
            }
        }
        catch (StoreException unreadable) when (
            unreadable.Failure is StoreFailure.Damaged or StoreFailure.Newer)
        {
            current = null;   // what decides nothing must not keep anything from being decided
            log.ShadowUnreadable(unreadable.Message);
        }
    }

    /// <summary>Counts a reservation that was decided; not one whose answer was given before.</summary>
    internal void Count(Reserving asked, ReserveResult result)
    {
        if (result.Judged is ({ } person, var now))
        {
            Count(asked.Version, person, asked.Asked.At(now), now, result.Verdict.Decision);
        }
    }

    private void Count(PolicyInForce version, Person person, Attempt attempt, Instant now, Decision decision)
    {
        bool wasAllowed = decision is Decision.Allowed;
        if (Observes(version))
        {
            ImmutableArray<string> broken = [.. decision.Shadows.Select(static reason => reason.Rule)];
            ledger.TallyOf(RulesOf(version.Number)).Add(now, wasAllowed, !wasAllowed || !broken.IsEmpty, broken);
        }

        if (current is { } shadow)
        {
            Attempt asked = attempt with { Lists = lists.StandingsOf(shadow.Policy, attempt.Traits) };
            ImmutableArray<string> broken =
            [
                .. Decider.Unmet(shadow.Policy, person, asked, now)
                    .Where(rule => rule.Effect is Effect.Deny
                        || (rule.Effect is Effect.Warn && attempt.OverrideReason is null))
                    .Select(static rule => rule.Name),
            ];
            ledger.TallyOf(CountsOf(shadow)).Add(now, wasAllowed, !broken.IsEmpty, broken);
        }
    }

    /// <summary>Whether some rule of the version observes; looked up once a version.</summary>
    private bool Observes(PolicyInForce version)
    {
        if (!ReferenceEquals(observed, version))
        {
            isObserving = version.Policy.Rules.Any(static rule => rule.Effect is Effect.Observe);
            observed = version;
        }

        return isObserving;
    }

    private async ValueTask<ShadowPolicyRecord> SaveAsync(
        string? document, string comment, Actor? author, CancellationToken cancellation)
    {
        readiness.Require();
        Record record = await records.LoadAsync(ShadowPolicyRecord.Key, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < SaveTriesMax; tries++)
        {
            ShadowPolicyRecord? before = record.Exists ? ShadowPolicyRecord.Read(record.Value.Span) : null;
            ShadowPolicyRecord after = before?.Document == document && before is not null
                ? before
                : new ShadowPolicyRecord
                {
                    Number = (before?.Number ?? 0) + 1,
                    Document = document,
                    Comment = comment,
                    SetAt = clock.Now.ToUnixTimeTicks(),
                    Author = Signatory.Of(author),
                };
            SaveResult result = await records.TrySaveAsync(
                ShadowPolicyRecord.Key, record.Version, after.Write(), null, cancellation).ConfigureAwait(false);
            if (result is SaveResult.Conflict conflict)
            {
                record = conflict.Current;
                continue;
            }

            await journal.AppendAsync([ShadowFacts.Of(after)], CancellationToken.None).ConfigureAwait(false);
            return after;
        }

        throw new RequestException(
            ProblemReason.Contended, "",
                "Others kept changing the shadow policy at the same time; nothing was changed. Repeat the call.");
    }

    private ShadowPolicy? PolicyOf(ShadowPolicyRecord? stored)
    {
        if (stored?.Document is not { } document)
        {
            return null;
        }

        switch (PolicyParser.Read(document))
        {
            case PolicyReading.Valid valid:
                return new ShadowPolicy(
                    stored.Number, valid.Policy, document, stored.Comment, Instant.FromUnixTimeTicks(stored.SetAt));
            case PolicyReading.Invalid invalid:
                log.ShadowUnreadable(invalid.Errors[0].ToString());
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private static string RulesOf(long version) => string.Create(CultureInfo.InvariantCulture, $"version-{version}");

    private static string CountsOf(ShadowPolicy shadow) =>
        string.Create(CultureInfo.InvariantCulture, $"policy-{shadow.Number}");
}
