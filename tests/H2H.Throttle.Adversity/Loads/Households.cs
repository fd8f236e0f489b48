using System.Collections.Concurrent;
using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Adversity.Loads;

/// <summary>
/// Many clients who contact people that share limits: some a household, some an account, some both. Each call is
/// repeated with its id, at any server, until somebody answers.
/// </summary>
/// <param name="servers">Over one store. Safe from any thread; stay the caller's.</param>
/// <param name="seed">Of who is asked for, and where.</param>
internal sealed class Households(ImmutableArray<ThrottleClient> servers, int seed)
{
    public const int Clients = 24;
    public const int HomeCap = 7;
    public const int WorkCap = 9;
    private const int OwnCap = 5;
    private const int PeopleCount = 12;
    private const int FirstAtWork = 4;
    private const int HomeCount = 8;
    private const int ReleasedOfTen = 9;
    private const int RetryMs = 50;

    private static readonly string Policy = $$"""
        policy: shared
        zone: UTC
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: home, cap: {{HomeCap}}, in: rolling 24h, pool: household }
          - { name: work, cap: {{WorkCap}}, in: rolling 24h, pool: account }
          - { name: own, cap: {{OwnCap}}, in: rolling 24h }
        """;

    private readonly ConcurrentDictionary<string, string> held = [];
    private int answered;
    private int givenBack;
    private int unanswered;

    public int Answered => Volatile.Read(ref answered);

    public int GivenBack => Volatile.Read(ref givenBack);

    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>Moves everybody in. Once, before anything is asked.</summary>
    public async Task MoveInAsync(CancellationToken cancellation)
    {
        await servers[0].Policies.PublishPolicyAsync(new() { Document = Policy }, cancellationToken: cancellation);
        foreach (int number in Enumerable.Range(0, PeopleCount))
        {
            foreach (string kind in KindsOf(number))
            {
                JoinPoolRequest join = new() { PersonId = PersonOf(number), Kind = kind, PoolId = "elm street" };
                await servers[0].People.JoinPoolAsync(join, cancellationToken: cancellation);
            }
        }

        // Each server that knows the policy denies what it denies; the others have yet to take it up.
        foreach (int server in Enumerable.Range(0, servers.Length))
        {
            while ((await servers[server].Policies.GetPolicyAsync(new(), cancellationToken: cancellation))
                .Policy.Name != "shared")
            {
                await Task.Delay(RetryMs, cancellation);
            }
        }
    }

    /// <summary>Asks so often altogether; most of what is taken is given back at once.</summary>
    /// <param name="asks">How often.</param>
    /// <param name="round">Each time another, for the ids.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task AskAsync(int asks, int round, CancellationToken cancellation) => await Task.WhenAll(
        Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                Random random = new((((seed * 1000) + round) * Clients) + client);
                for (int ask = client; ask < asks; ask += Clients)
                {
                    string person = PersonOf(random.Next(PeopleCount));
                    string? reservation = await ReserveAsync(person, $"{round}-{ask}", random, cancellation);
                    if (reservation is not null && random.Next(10) < ReleasedOfTen)
                    {
                        ReleaseRequest release = new()
                        {
                            RequestId = $"{round}-{ask}-back", ReservationId = reservation,
                        };
                        await SureAsync(
                            (server, options) => server.Throttle.ReleaseAsync(release, options), random, cancellation);
                        Interlocked.Increment(ref givenBack);
                    }
                    else if (reservation is not null)
                    {
                        held[reservation] = person;
                    }
                }
            },
            cancellation)));

    /// <summary>What is wrong with what is kept, in words; empty: nothing.</summary>
    /// <remarks>Then asks for everybody until all are denied: what was given back must have room again.</remarks>
    public async Task<ImmutableArray<string>> FlawsAsync(CancellationToken cancellation)
    {
        List<string> flaws = [.. Broken(await KeptAsync(cancellation), isFull: false)];
        for (int ask = 0; ask < PeopleCount * OwnCap; ask++)
        {
            string person = PersonOf(ask % PeopleCount);
            if (await ReserveAsync(person, $"last-{ask}", new Random(ask), cancellation) is { } reservation)
            {
                held[reservation] = person;
            }
        }

        return [.. flaws, .. Broken(await KeptAsync(cancellation), isFull: true)];
    }

    private IEnumerable<string> Broken(ImmutableArray<string>[] kept, bool isFull)
    {
        int home = kept.Take(HomeCount).Sum(static one => one.Length);
        int work = kept.Skip(FirstAtWork).Sum(static one => one.Length);
        if (home > HomeCap || work > WorkCap || kept.Any(static one => one.Length > OwnCap))
        {
            yield return $"The household has {home} of {HomeCap}, the account {work} of {WorkCap}.";
        }

        if (isFull && (home != HomeCap || work != WorkCap))
        {
            yield return $"All were denied at {home} of {HomeCap} and {work} of {WorkCap}.";
        }

        foreach (string lost in held.Keys.Except(kept.SelectMany(static one => one)))
        {
            yield return $"{held[lost]} was told of a reservation that is not there.";
        }
    }

    /// <summary>Of each person the contacts that count.</summary>
    private async Task<ImmutableArray<string>[]> KeptAsync(CancellationToken cancellation)
    {
        ImmutableArray<string>[] kept = new ImmutableArray<string>[PeopleCount];
        for (int number = 0; number < PeopleCount; number++)
        {
            ListContactsRequest list = new() { PersonId = PersonOf(number), PageSize = 1000 };
            ListContactsResponse response = await SureAsync(
                (server, options) => server.People.ListContactsAsync(list, options), new Random(number), cancellation);
            kept[number] =
            [
                .. response.Contacts
                    .Where(static one => one.State is not ContactState.Released)
                    .Select(static one => one.ContactId),
            ];
        }

        return kept;
    }

    /// <summary>Null: it is denied.</summary>
    private async Task<string?> ReserveAsync(string person, string id, Random random, CancellationToken cancellation)
    {
        ReserveRequest reserve = new()
        {
            RequestId = id, Contact = new() { PersonId = person, Channel = "email", Purpose = "marketing" },
        };
        ReserveResponse response = await SureAsync(
            (server, options) => server.Throttle.ReserveAsync(reserve, options), random, cancellation);
        return response.Reservation?.ReservationId;
    }

    private async Task<T> SureAsync<T>(
        Func<ThrottleClient, CallOptions, AsyncUnaryCall<T>> ask, Random random, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                T answer = await ask(
                    servers[random.Next(servers.Length)], new CallOptions(cancellationToken: cancellation));
                Interlocked.Increment(ref answered);
                return answer;
            }
            catch (ThrottleException failed) when (failed.MayBeRepeated)
            {
                Interlocked.Increment(ref unanswered);
                await Task.Delay(RetryMs, cancellation);
            }
        }
    }

    private static string PersonOf(int number) => $"person {number}";

    private static IEnumerable<string> KindsOf(int number)
    {
        if (number < HomeCount)
        {
            yield return "household";
        }

        if (number >= FirstAtWork)
        {
            yield return "account";
        }
    }
}
