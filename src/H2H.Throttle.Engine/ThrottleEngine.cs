using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Batches;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Shadows;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Engine.Telemetry;
using H2H.Throttle.Engine.Webhooks;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine;

/// <summary>Everything that callers can ask for, over one pair of stores.</summary>
public sealed class ThrottleEngine
{
    private readonly IRecordStore records;
    private readonly IJournal journal;
    private readonly ThrottleMeter meter;
    private readonly PersonStore people;
    private readonly KeyRecord key;
    private readonly Readiness readiness = new();
    private readonly MergeTurn turn;
    private readonly MergeEnd ending;

    private ThrottleEngine(
        IRecordStore records,
        IJournal journal,
        IdentityHasher hasher,
        ThrottleOptions options,
        string seed,
        TimeProvider time,
        ILoggerFactory logs,
        ThrottleMeter meter)
    {
        records = new MeteredRecords(records, meter.Stores);
        journal = new MeteredJournal(journal, meter.Stores);
        (this.records, this.journal, this.meter) = (records, journal, meter);
        key = new KeyRecord(records, hasher);
        RequestClock clock = new(options, time);
        PolicyShelf policies = new(records, journal, hasher, clock, readiness, seed, options.FirstPolicyWins);
        PoolStore pools = new(records, options, readiness);
        ILogger<PersonStore> log = logs.CreateLogger<PersonStore>();
        people = new PersonStore(
            records,
            journal,
            options,
            readiness,
            meter.Changes,
            store => new Settler(store, pools, policies, clock, log),
            log);
        PoolViews views = new(pools, people);
        PooledPeople pooled = new(people, pools, views, options);
        Policies = policies;
        Simulations = new SimulationDesk(records, policies, readiness);
        Keys = new KeyRing(records, journal, clock);
        Journal = new JournalDesk(journal, people, policies, hasher, time);
        Webhooks = new WebhookDesk(records, journal, hasher, clock, time, meter.Webhooks);
        Lists = new ListShelf(records, journal, hasher, clock, logs.CreateLogger<ListShelf>());
        Shadows = new ShadowDesk(
            records, journal, policies, Lists, clock, readiness, logs.CreateLogger<ShadowDesk>());
        Throttler = new Throttler(
            pooled, policies, Lists, Shadows, hasher, clock, meter.Decisions, logs.CreateLogger<Throttler>());
        Batches = new BatchDesk(people, pooled, policies, Lists, Shadows, hasher, clock, meter.Decisions);
        Explainer = new Explainer(pooled, policies, Lists, hasher, clock);
        Planner = new Planner(pooled, policies, Lists, hasher, clock);
        Reservations = new Reservations(people, pooled, policies, Lists, hasher, clock, meter.Decisions);
        Pools = new PoolDesk(people, pools, views, policies, hasher, clock);
        Consent = new ConsentDesk(people, policies, hasher, clock);
        People = new PersonDirectory(people, policies, hasher, clock);
        Own = new OwnDesk(people, policies, hasher, clock);
        Addresses = new AddressDesk(people, policies, hasher, clock);
        turn = new MergeTurn(records, options);
        ending = new MergeEnd(people, pools, policies);
        Merges = new MergeDesk(people, policies, hasher, clock, turn, ending);
        Rights = new RightsDesk(people, journal, policies, hasher, clock, turn, ending);
    }

    /// <summary>
    /// False until the stores were reached for the first time, and while what they hold cannot be decided by.
    /// </summary>
    public bool IsReady => readiness.IsReady;

    public Throttler Throttler { get; }

    /// <summary>The same for many contacts at once.</summary>
    public BatchDesk Batches { get; }

    public Explainer Explainer { get; }

    public Planner Planner { get; }

    public Reservations Reservations { get; }

    public ConsentDesk Consent { get; }

    public PersonDirectory People { get; }

    /// <summary>Where people speak for themselves, by links.</summary>
    public OwnDesk Own { get; }

    public PoolDesk Pools { get; }

    /// <summary>Whose an address is.</summary>
    public AddressDesk Addresses { get; }

    /// <summary>Who is the same person as who.</summary>
    public MergeDesk Merges { get; }

    /// <summary>What people may ask for.</summary>
    public RightsDesk Rights { get; }

    public PolicyShelf Policies { get; }

    /// <summary>What other policies would have done.</summary>
    public SimulationDesk Simulations { get; }

    /// <summary>What rules that decide nothing would have done.</summary>
    public ShadowDesk Shadows { get; }

    /// <summary>Addresses that must not be contacted.</summary>
    public ListShelf Lists { get; }

    /// <summary>What happened, for those who have to know.</summary>
    public JournalDesk Journal { get; }

    /// <summary>Receivers that are told of it.</summary>
    public WebhookDesk Webhooks { get; }

    /// <summary>Who may call, where callers are asked.</summary>
    public KeyRing Keys { get; }

    /// <summary>People whose records are remembered to spare loads: how many, and what they take up, about.</summary>
    public (int Count, long Bytes) PeopleKnown => people.Known;

    /// <summary>
    /// An engine that asks nothing of its stores yet: until <see cref="RefreshAsync"/> has succeeded once, every call
    /// fails as the stores do.
    /// </summary>
    /// <param name="records">Where people and policies are.</param>
    /// <param name="journal">Where facts go.</param>
    /// <param name="hasher">Holds the key; it must be the one that the stored records were made with.</param>
    /// <param name="options">Read once, now.</param>
    /// <param name="seed">The policy document to publish if there is none yet.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="logs">Makes the logs.</param>
    /// <param name="meter">Is told what happens; null: nobody is.</param>
    public static ThrottleEngine Create(
        IRecordStore records,
        IJournal journal,
        IdentityHasher hasher,
        ThrottleOptions options,
        string seed,
        TimeProvider clock,
        ILoggerFactory logs,
        ThrottleMeter? meter = null) =>
        new(records, journal, hasher, options, seed, clock, logs, meter ?? ThrottleMeter.Unheard);

    /// <summary>Makes an engine, as <see cref="Create"/> does, that is ready to answer.</summary>
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
        ThrottleEngine engine = Create(records, journal, hasher, options, seed, clock, logs);
        await engine.RefreshAsync(cancellation).ConfigureAwait(false);
        return engine;
    }

    /// <summary>Asks the journal for what comes next, to see whether it answers.</summary>
    /// <exception cref="StoreException">It does not.</exception>
    public async ValueTask LookAtJournalAsync(CancellationToken cancellation) =>
        await journal.ReadAsync(meter.JournalPosition, 1, cancellation).ConfigureAwait(false);

    /// <summary>
    /// Makes the engine ready, and then learns of what other servers of the same stores have published since, and of
    /// keys that they made and revoked. To be called now and again, by one at a time; it costs four loads if there is
    /// nothing new. Suppression lists are loaded before it is ready; later ones in the background.
    /// </summary>
    /// <exception cref="StoreException">
    /// The store fails, or holds what cannot be decided by; in the second case calls fail too until that is mended.
    /// </exception>
    /// <exception cref="RequestException">The seed is needed and has mistakes.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (readiness.IsReady && records.IsInProcess)
        {
            return;   // there are no other servers
        }

        try
        {
            await key.CheckAsync(cancellation).ConfigureAwait(false);
            await Policies.RefreshAsync(cancellation).ConfigureAwait(false);
            await Keys.RefreshAsync(cancellation).ConfigureAwait(false);
            await Lists.FollowAsync(cancellation).ConfigureAwait(false);
            await Shadows.RefreshAsync(cancellation).ConfigureAwait(false);
            bool isStart = !readiness.IsReady;
            readiness.Found();
            if (isStart)
            {
                await turn.EndLeftAsync(change => ending.EndAsync(change, cancellation), cancellation)
                    .ConfigureAwait(false);
            }
        }
        catch (StoreException error)
        {
            readiness.Failed(error);
            throw;
        }
    }
}
