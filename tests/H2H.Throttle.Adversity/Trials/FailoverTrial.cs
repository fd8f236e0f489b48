using System.Collections.Immutable;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Testing.Servers;
using NodaTime;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>A primary of a cluster is killed while many reserve, and its replica takes over.</summary>
/// <remarks>
/// Redis tells callers of a write before its replica has it, so what was acknowledged in the very moment of the kill
/// may be lost; it is counted. Nothing may be that was acknowledged before the load began, or once the replica has
/// taken over.
/// </remarks>
internal sealed class FailoverTrial : ITrial
{
    private const int Clients = 200;
    private const int Engines = 4;
    private const int OptedOut = 50;
    private const int KillAfter = 1500;
    private const int RoundsAfter = 1;
    private static readonly Instant Before = Instant.FromUtc(2026, 3, 1, 9, 0);

    public string Name => "4 engines on a Redis cluster of 6, a primary killed while 200 clients ask";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(replicas: 1, cancellation);
        await using EngineFleet fleet =
            await EngineFleet.OpenAsync(Engines, [cluster.Addresses], storeTimeoutMs: 1000, cancellation);
        await Task.WhenAll(Enumerable.Range(0, OptedOut).Select(number =>
            fleet.Servers[0].AskAsync(Of(CallKind.OptOut, number, null), Before, cancellation).AsTask()));

        Workload load = new(fleet.Servers, Clients, scale.Seed);
        bool isKilled = false;
        ImmutableArray<History> histories = await load.RunAsync(
            1 + RoundsAfter, KillAfter,
            async _ =>
            {
                if (!isKilled)
                {
                    isKilled = true;
                    await cluster.Nodes[0].KillAsync();
                }
            },
            cancellation);

        int lost = histories[0].Flaws().Length;
        List<string> flaws = [.. histories.Skip(1).SelectMany(static history => history.Flaws())];
        for (int number = 0; number < OptedOut; number++)
        {
            Answer answer = await fleet.Servers[number % Engines].AskAsync(
                Of(CallKind.Check, number, "sms"), Before, cancellation);
            if (answer.Words != "deny [opt-out]")
            {
                flaws.Add($"An opt-out is forgotten: {answer}");
            }
        }

        return new TrialResult(
            $"{Clients} clients, {load.Answered:N0} answers",
            $"1 primary killed, {load.Unanswered:N0} calls without an answer",
            $"{OptedOut} opt-outs kept; histories of {lost} people told of a loss at the kill, none later",
            [.. flaws]);
    }

    private static Call Of(CallKind kind, int number, string? channel) =>
        new(kind, $"quiet {number}", "once") { Channel = channel };
}
