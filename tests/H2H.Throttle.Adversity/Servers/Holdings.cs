using System.Globalization;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>What this process holds at a moment.</summary>
/// <param name="Sockets">That are open.</param>
/// <param name="Bytes">Of objects that are in use.</param>
internal sealed record Holdings(int Sockets, long Bytes)
{
    private const string SocketWord = "socket:";

    /// <summary>Looks after everything that nobody uses has been cleared away.</summary>
    public static Holdings Look()
    {
        for (int times = 0; times < 3; times++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        int sockets = Directory.EnumerateFiles(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd")).Count(IsSocket);
        return new Holdings(sockets, GC.GetTotalMemory(forceFullCollection: true));
    }

    private static bool IsSocket(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget is { } target
                && target.StartsWith(SocketWord, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;   // it was closed meanwhile
        }
    }
}
