using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>
/// The server is killed, and the last page of the embedded store's log is one that was being written: half of it there,
/// or garbage.
/// </summary>
internal sealed class TornStoreTrial : ITrial
{
    private const int Clients = 12;
    private const int FrameBytes = 24 + 4096;

    public string Name => "1 server process on the embedded store, killed, the last page of its log torn";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(cancellation);
        using WireServer server = new(service.Address);
        Workload load = new([server], Clients, scale.Seed);
        Random random = new(scale.Seed);
        return await HistoryTrial.RunAsync(
            load, scale.Rounds, every: 150,
            async ended =>
            {
                await service.KillAsync();
                await TearAsync(service.StorePath + "-wal", random, ended);
                await service.StartAgainAsync(ended);
            },
            "kills with a torn page", losesLast: null, cancellation);
    }

    /// <summary>Adds the beginning of one more frame: of one that was whole before, or of garbage.</summary>
    private static async Task TearAsync(string log, Random random, CancellationToken cancellation)
    {
        byte[] frame = new byte[FrameBytes];
        random.NextBytes(frame);
        await using FileStream file = new(log, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (random.Next(2) == 0 && file.Length > FrameBytes)
        {
            file.Seek(-FrameBytes, SeekOrigin.End);
            await file.ReadExactlyAsync(frame.AsMemory(0, FrameBytes / 2), cancellation);
        }

        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(frame.AsMemory(0, random.Next(1, FrameBytes)), cancellation);
    }
}
