using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Access;

/// <summary>The keys that open the service. Safe from any thread.</summary>
/// <remarks>
/// Throws what <see cref="Throttler"/> throws. What another server made or revoked is known here after the next
/// <see cref="RefreshAsync"/>.
/// </remarks>
public sealed class KeyRing
{
    public const int KeysMax = 1000;

    private const int SaveTriesMax = 16;

    private readonly IRecordStore records;
    private readonly IJournal journal;
    private readonly RequestClock clock;
    private volatile FrozenDictionary<string, KeyRingRecord.Entry> byId =
        FrozenDictionary<string, KeyRingRecord.Entry>.Empty;

    private volatile bool isKnown;
    private RecordVersion? told;

    internal KeyRing(IRecordStore records, IJournal journal, RequestClock clock) =>
        (this.records, this.journal, this.clock) = (records, journal, clock);

    /// <summary>The store was asked at least once.</summary>
    public bool IsKnown => isKnown;

    /// <summary>Every key ever made, the newest first.</summary>
    public ImmutableArray<AccessKey> Keys =>
        [.. byId.Values.Select(static entry => entry.ToKey()).OrderByDescending(static key => key.MadeAt)];

    /// <summary>Who shows this key; null: it opens nothing.</summary>
    public Caller? Find(string text)
    {
        if (!KeyText.TryParse(text, out KeyText? shown)
            || !byId.TryGetValue(shown.Id, out KeyRingRecord.Entry? entry)
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(entry.SecretHash), Encoding.ASCII.GetBytes(shown.Hash())))
        {
            return null;
        }

        AccessKey key = entry.ToKey();
        return key.OpensAt(clock.Now)
            ? new Caller(key.Name, key.Role, key.Brands) { Kind = ActorKind.Key, Id = key.Id }
            : null;
    }

    /// <summary>Makes a key. Not safe to repeat: a lost answer leaves a key that nobody knows; revoke it.</summary>
    /// <param name="name">Whose it is; 1 to <see cref="AccessKey.NameLengthMax"/> characters.</param>
    /// <param name="role">What it opens.</param>
    /// <param name="brands">The only brands it may speak for; empty: every one.</param>
    /// <param name="lives">How long it opens anything; null: until it is revoked.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<MintedKey> MintAsync(
        string? name,
        Role role,
        IReadOnlyCollection<string> brands,
        Duration? lives,
        Actor by,
        CancellationToken cancellation)
    {
        Check(name, brands, lives);
        KeyText text = KeyText.Make();
        Instant now = clock.Now;
        KeyRingRecord.Entry entry = new()
        {
            Id = text.Id,
            Name = name!,
            Role = role.ToString(),
            Brands = [.. brands.Distinct().Order(StringComparer.Ordinal)],
            SecretHash = text.Hash(),
            MadeAt = now.ToUnixTimeTicks(),
            Expires = lives is { } span ? (now + span).ToUnixTimeTicks() : null,
            MadeBy = Signatory.Of(by),
        };

        await ChangeAsync(ring => With(ring, entry), cancellation).ConfigureAwait(false);

        await TellAsync([entry], CancellationToken.None).ConfigureAwait(false);
        return new MintedKey(entry.ToKey(), text.ToString());
    }

    /// <summary>Makes a key open nothing any more. Revoking a revoked one changes nothing.</summary>
    /// <param name="id">The key's.</param>
    /// <param name="by">Who revokes it.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<AccessKey> RevokeAsync(string? id, Actor by, CancellationToken cancellation)
    {
        long now = clock.Now.ToUnixTimeTicks();
        KeyRingRecord ring = await ChangeAsync(Revoke, cancellation).ConfigureAwait(false);

        KeyRingRecord.Entry revoked = ring.Keys.Single(entry => entry.Id == id);
        await TellAsync([revoked], CancellationToken.None).ConfigureAwait(false);
        return revoked.ToKey();

        KeyRingRecord.Entry Revoked(KeyRingRecord.Entry entry) =>
            entry with { RevokedAt = now, RevokedBy = Signatory.Of(by) };

        KeyRingRecord Revoke(KeyRingRecord before)
        {
            KeyRingRecord.Entry entry = before.Keys.FirstOrDefault(entry => entry.Id == id)
                ?? throw new RequestException(ProblemReason.KeyUnknown, "key_id", "There is no key of that id.");
            return entry.RevokedAt is null
                ? before with { Keys = before.Keys.Replace(entry, Revoked(entry)) }
                : before;
        }
    }

    /// <summary>Learns what other servers changed, and tells the journal what one that was killed did not.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        Record current = await records.LoadAsync(KeyRingRecord.Key, cancellation).ConfigureAwait(false);
        if (isKnown && current.Version == told)
        {
            return;
        }

        KeyRingRecord ring = KeyRingRecord.Read(current);
        Know(ring);
        await TellAsync(ring.Keys, cancellation).ConfigureAwait(false);
        told = current.Version;
    }

    private async ValueTask TellAsync(IEnumerable<KeyRingRecord.Entry> entries, CancellationToken cancellation)
    {
        JournalFact[] facts = [.. entries.SelectMany(AccessFacts.Of)];
        if (facts.Length > 0)
        {
            await journal.AppendAsync(facts, cancellation).ConfigureAwait(false);
        }
    }

    private static void Check(string? name, IReadOnlyCollection<string> brands, Duration? lives)
    {
        Problems problems = new();
        problems.RequireId(name, "name", AccessKey.NameLengthMax);
        problems.Require(
            brands.Count <= AccessKey.BrandsMax,
            ProblemReason.TextTooLong,
            "brands",
            $"There are {brands.Count} brands; at most {AccessKey.BrandsMax} are allowed.");
        foreach (string brand in brands)
        {
            problems.RequireId(brand, "brands", RequestBounds.NameLengthMax);
        }

        problems.Require(
            lives is null || lives > Duration.Zero,
            ProblemReason.TimeOutOfRange,
            "time_to_live",
            "time_to_live must be more than nothing; leave it out for a key without an end.");
        problems.ThrowIfAny();
    }

    private static KeyRingRecord With(KeyRingRecord ring, KeyRingRecord.Entry entry)
    {
        // Of what opens nothing any more the journal has kept all that matters.
        ImmutableArray<KeyRingRecord.Entry> kept = ring.Keys.Length < KeysMax
            ? ring.Keys
            : ring.Keys.RemoveAll(static old => old.RevokedAt is not null);
        return kept.Length < KeysMax ? ring with { Keys = kept.Add(entry) } : throw new RequestException(
            ProblemReason.RecordFull, "", $"There are {KeysMax} keys already; revoke some that nobody uses.");
    }

    private async ValueTask<KeyRingRecord> ChangeAsync(
        Func<KeyRingRecord, KeyRingRecord> change, CancellationToken cancellation)
    {
        Record current = await records.LoadAsync(KeyRingRecord.Key, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < SaveTriesMax; tries++)
        {
            KeyRingRecord before = KeyRingRecord.Read(current);
            KeyRingRecord after = change(before);
            if (ReferenceEquals(after, before))
            {
                return after;
            }

            SaveResult saved = await records
                .TrySaveAsync(KeyRingRecord.Key, current.Version, after.Write(), null, cancellation)
                .ConfigureAwait(false);
            if (saved is not SaveResult.Conflict conflict)
            {
                Know(after);
                return after;
            }

            current = conflict.Current;
        }

        throw new RequestException(
            ProblemReason.Contended, "", "Others kept changing keys at the same time; nothing was changed. Repeat.");
    }

    private void Know(KeyRingRecord ring)
    {
        byId = ring.Keys.ToFrozenDictionary(static entry => entry.Id, StringComparer.Ordinal);
        isKnown = true;
    }
}
