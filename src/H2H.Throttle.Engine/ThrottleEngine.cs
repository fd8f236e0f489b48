using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine;

/// <summary>Everything that callers can ask for, over one pair of stores.</summary>
public sealed class ThrottleEngine
{
    private ThrottleEngine(
        PersonStore people, PolicyShelf policies, IdentityHasher hasher, RequestClock clock, ILoggerFactory logs)
    {
        Policies = policies;
        Throttler = new Throttler(people, policies, hasher, clock, logs.CreateLogger<Throttler>());
        Reservations = new Reservations(people, policies, hasher, clock);
        Consent = new ConsentDesk(people, policies, hasher, clock);
        People = new PersonDirectory(people, policies, hasher, clock);
    }

    public Throttler Throttler { get; }

    public Reservations Reservations { get; }

    public ConsentDesk Consent { get; }

    public PersonDirectory People { get; }

    public PolicyShelf Policies { get; }

    /// <summary>Makes the engine ready to answer.</summary>
    /// <param name="records">Where people and policies are.</param>
    /// <param name="journal">Where facts go.</param>
    /// <param name="hasher">Holds the key; it must be the one that the stored records were made with.</param>
    /// <param name="options">Read once, now.</param>
    /// <param name="seed">The policy document to publish if there is none yet.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="logs">Makes the logs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreException">The store fails.</exception>
    /// <exception cref="RequestException"><paramref name="seed"/> is needed and has mistakes.</exception>
    public static async Task<ThrottleEngine> OpenAsync(
        IRecordStore records,
        IJournal journal,
        IdentityHasher hasher,
        ThrottleOptions options,
        string seed,
        TimeProvider clock,
        ILoggerFactory logs,
        CancellationToken cancellation)
    {
        RequestClock requestClock = new(options, clock);
        PolicyShelf policies = await PolicyShelf
            .OpenAsync(records, journal, hasher, requestClock, seed, cancellation).ConfigureAwait(false);
        PersonStore people = new(records, journal, options, logs.CreateLogger<PersonStore>());
        return new ThrottleEngine(people, policies, hasher, requestClock, logs);
    }
}
