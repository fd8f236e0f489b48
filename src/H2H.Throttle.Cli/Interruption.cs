using System.Runtime.InteropServices;

namespace H2H.Throttle.Cli;

/// <summary>Lets a command put things in order when it is asked to stop: by Ctrl-C, or by SIGTERM.</summary>
/// <remarks>Asked again a second or more later, the process ends where it stands.</remarks>
internal sealed class Interruption : IDisposable
{
    // Some who start processes send the same signal to the process and to its group.
    private static readonly TimeSpan SameSignalMax = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private long first;

    public Interruption()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        long now = clock.GetTimestamp();
        long before = Interlocked.CompareExchange(ref first, now, 0);
        signal.Cancel = before == 0 || clock.GetElapsedTime(before, now) < SameSignalMax;
        source.Cancel();
    }
}
