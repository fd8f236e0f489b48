using System.Collections.Immutable;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Servers;
using NodaTime;

namespace H2H.Throttle.Adversity.Loads;

/// <summary>People who say no while every server is asked about them without pause.</summary>
internal sealed class OptOuts(ImmutableArray<IServer> servers)
{
    private const int AskersAServer = 2;
    private const int AsksBefore = 5;
    private const int AsksAfter = 5;
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    private readonly Recorder recorder = new();

    /// <summary>Calls that began after an acknowledgement.</summary>
    public int AskedAfter { get; private set; }

    public int Calls => recorder.Calls.Length;

    /// <summary>Lets one person say no; what was wrong, in words; empty: nothing.</summary>
    public async Task<ImmutableArray<string>> SayNoAsync(int number, CancellationToken cancellation)
    {
        string person = $"person {number}";
        int count = 0;
        ValueTask<RecordedCall> AskAsync(Call call, int server) => RecordAsync(call, server, cancellation);
        Call Reserve() => new(CallKind.Reserve, person, $"{person}, {Interlocked.Increment(ref count)}")
        {
            RequestId = $"{person}, {count}, {Guid.NewGuid():N}", Channel = count % 2 == 0 ? "sms" : "email",
        };

        RecordedCall reserved = await AskAsync(Reserve(), number % servers.Length);
        Task<RecordedCall[]>[] asking =
        [
            .. Enumerable.Range(0, servers.Length * AskersAServer).Select(asker => Task.Run(
                async () =>
                {
                    List<RecordedCall> asked = [];
                    for (int ask = 0; ask < AsksBefore + AsksAfter; ask++)
                    {
                        asked.Add(await AskAsync(Reserve(), asker % servers.Length));
                    }

                    return asked.ToArray();
                },
                cancellation)),
        ];
        RecordedCall said = await AskAsync(new Call(CallKind.OptOut, person, "no"), (number + 1) % servers.Length);
        List<RecordedCall> after = [];
        for (int server = 0; server < servers.Length; server++)
        {
            after.Add(await AskAsync(new Call(CallKind.Check, person, "check") { Channel = "phone" }, server));
            after.Add(await AskAsync(Reserve(), server));
        }

        after.AddRange((await Task.WhenAll(asking)).SelectMany(static asked => asked)
            .Where(call => call.Begun > said.Ended));
        AskedAfter += after.Count;
        RecordedCall confirmed = await AskAsync(
            new Call(CallKind.Confirm, person, "confirm")
            {
                Target = reserved.Call.Name, ReservationId = reserved.Answer!.ContactId,
            },
            (number + 2) % servers.Length);

        return
        [
            .. after.Where(static call => !call.Answer!.Words.Contains("opt-out", StringComparison.Ordinal))
                .Select(call => $"Not denied for the opt-out that was acknowledged at {said.Ended}: {call}"),
            .. confirmed.Answer!.Words.Contains("revoked", StringComparison.Ordinal)
                ? Array.Empty<string>()
                : [$"Confirmed as if not revoked: {confirmed}"],
        ];
    }

    private async ValueTask<RecordedCall> RecordAsync(Call call, int server, CancellationToken cancellation)
    {
        RecordedCall recorded = recorder.Begin(call, $"s{server}", Now);
        recorder.End(recorded, await servers[server].AskAsync(call, Now, cancellation));
        return recorded;
    }
}
