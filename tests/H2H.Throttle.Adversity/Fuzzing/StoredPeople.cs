using System.Collections.Immutable;
using H2H.Throttle.Adversity.Memory;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Adversity.Fuzzing;

/// <summary>What the engine writes down of people with whom much has happened, and an engine that reads it.</summary>
internal sealed class StoredPeople
{
    private const string Person = "ada";
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly IdentityHasher Hasher = new(new byte[IdentityHasher.KeyBytes]);
    private static readonly RecordKey Key = new("person", Hasher.Person(Person).Text);

    private readonly MemoryStore store = new(new MemoryDisk(), TimeProvider.System);
    private ThrottleEngine? engine;

    /// <summary>The record after each of the things that happened.</summary>
    public ImmutableArray<byte[]> Records { get; private set; } = [];

    public static async Task<StoredPeople> WriteAsync()
    {
        StoredPeople people = new();
        people.engine = await ThrottleEngine.OpenAsync(
            people.store.Records, people.store.Journal, Hasher, new ThrottleOptions { TrustRequestTime = true },
            ModelPolicy.Document, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        ImmutableArray<byte[]>.Builder records = ImmutableArray.CreateBuilder<byte[]>();
        foreach (Func<ThrottleEngine, Task> happens in Happenings())
        {
            await happens(people.engine);
            records.Add((await people.store.Records.LoadAsync(Key, CancellationToken.None)).Value.ToArray());
        }

        people.Records = records.ToImmutable();
        return people;
    }

    /// <summary>
    /// Puts these bytes in the place of the record and has the engine read, judge and change it. True: it could; false:
    /// it called them damaged, or of a newer version.
    /// </summary>
    public bool Read(byte[] bytes)
    {
        Record current = store.Records.LoadAsync(Key, CancellationToken.None).AsTask().Result;
        _ = store.Records.TrySaveAsync(Key, current.Version, bytes, null, CancellationToken.None).AsTask().Result;
        ContactDraft draft = new() { PersonId = Person, Channel = "email", Purpose = ModelPolicy.Purpose };
        bool isRead = Answers(() => engine!.Throttler.CheckAsync(draft, Now, null, CancellationToken.None));
        isRead &= Answers(() => engine!.People.ListContactsAsync(
            Person, 1000, null, oldestFirst: true, Now, CancellationToken.None));
        isRead &= Answers(() => engine!.Consent.GetAsync(Person, Now, CancellationToken.None));
        isRead &= Answers(() => engine!.Throttler.ReserveAsync("r0", draft, null, Now, null, CancellationToken.None));
        isRead &= Answers(() => engine!.Consent.OptOutAsync(
            null, Person, Scope.Everything, null, Now, CancellationToken.None));
        return isRead;
    }

    private static bool Answers<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            // Everything is in memory, so it has ended when it returns.
            ValueTask<T> asked = ask();
            _ = asked.IsCompleted ? asked.GetAwaiter().GetResult() : throw new InvalidOperationException("It waits.");
            return true;
        }
        catch (StoreException damage) when (damage.Failure is StoreFailure.Damaged or StoreFailure.Newer)
        {
            return false;
        }
        catch (RequestException)
        {
            return true;
        }
    }

    private static IEnumerable<Func<ThrottleEngine, Task>> Happenings()
    {
        CancellationToken none = CancellationToken.None;
        for (int number = 0; number < 12; number++)
        {
            Instant at = Now - Duration.FromHours(20 - number);
            string id = $"r{number}";
            ContactDraft draft = new()
            {
                PersonId = Person, Channel = ModelPolicy.Channels[number % 3], Purpose = ModelPolicy.Purpose,
                Campaign = $"spring {number % 2}", Brand = "north", Topic = "shoes", Sender = "mailer",
                Weight = 1 + number, Priority = number * 9, Subjects = ["shoes", "boots"],
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", $"p{number}"),
            };
            yield return async engine =>
            {
                ReserveResult result = await engine.Throttler.ReserveAsync(id, draft, null, at, null, none);
                if (result.Reservation is { } reservation)
                {
                    await engine.Reservations.ConfirmAsync(
                        $"c{id}", reservation.Id.ToString(), null, new("delivered"), at, none);
                }
            };
        }

        yield return engine => engine.Throttler.RecordAsync("made", new ContactDraft
        {
            PersonId = Person, Channel = "sms", Purpose = ModelPolicy.Purpose,
        }, null, "conversation", Now, none).AsTask();
        yield return engine => engine.Consent.SnoozeAsync(
            "snooze", Person, new Scope { Channel = "sms" }, Now + Duration.FromDays(3), Now, none).AsTask();
        yield return engine => engine.People.UpdateAsync("update", Person, new PersonDraft
        {
            Zone = "Europe/Rome", Country = "IT",
            Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "gold").Add("age", "41"),
            Limits = [new LimitDraft(Scope.Everything, 2, "rolling 24h")],
        }, Now, none).AsTask();
        yield return engine => engine.Consent.OptOutAsync(
            "no", Person, new Scope { Channel = "email" }, "preference centre", Now, none).AsTask();
    }
}
