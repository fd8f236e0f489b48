using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Testing;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Pools;

/// <summary>An engine whose policy lets a household have so many contacts a day, and what tests ask of it.</summary>
internal sealed class Household : IAsyncDisposable
{
    public const string Kind = "household";
    public const string Id = "12 elm street";

    private readonly TrialEngine trial;

    private Household(TrialEngine trial) => this.trial = trial;

    public TrialEngine Trial => trial;

    public ManualClock Clock => trial.Clock;

    private static CancellationToken Cancellation => TrialEngine.Cancellation;

    /// <param name="limit">How many a day for all together.</param>
    /// <param name="members">Who is in it from the start.</param>
    public static Task<Household> OfAsync(int limit, params string[] members) => OfAsync(
        [$"{{ name: shared, cap: {limit}, in: rolling 24h, pool: {Kind} }}"], members);

    public static async Task<Household> OfAsync(string[] rules, params string[] members)
    {
        Household household = new(await TrialEngine.StartAsync($"""
            policy: pools
            zone: UTC
            channels: [email, phone]
            purposes: {"{ marketing: {} }"}
            unconfirmed: {"{ default: count, phone: release }"}
            rules:
            {string.Join('\n', rules.Select(static rule => $"- {rule}"))}
            """));
        foreach (string member in members)
        {
            await household.JoinAsync(member);
        }

        return household;
    }

    public async Task<ImmutableArray<Membership>> JoinAsync(
        string person, string kind = Kind, string id = Id, string? requestId = null) =>
        await trial.Engine.Pools.JoinAsync(requestId, person, kind, id, null, Cancellation);

    public async Task<ImmutableArray<Membership>> LeaveAsync(
        string person, string kind = Kind, string id = Id, string? requestId = null) =>
        await trial.Engine.Pools.LeaveAsync(requestId, person, kind, id, null, Cancellation);

    public async Task<KnownPool> GetAsync() => await trial.Engine.Pools.GetAsync(Kind, Id, Cancellation);

    /// <summary>Reserves by another engine over the same store.</summary>
    public static async Task<ReserveResult> ReserveAsync(
        ThrottleEngine engine, string person, string? requestId = null, string channel = "email") =>
        await engine.Throttler.ReserveAsync(
            requestId, TrialEngine.Draft(channel, person: person), null, null, null, Cancellation);

    public Task<ReserveResult> ReserveAsync(string person, string? requestId = null, string channel = "email") =>
        ReserveAsync(trial.Engine, person, requestId, channel);

    public async Task<bool> TakesAsync(string person) => (await ReserveAsync(person)).Reservation is not null;

    public Task<bool> AllowsAsync(string person) => trial.AllowsAsync(TrialEngine.Draft(person: person));

    public static Decision.Denied Denial(ReserveResult result) => (Decision.Denied)result.Verdict.Decision;

    public void Advance(Duration span) => Clock.Advance(span);

    public ValueTask DisposeAsync() => trial.DisposeAsync();
}
