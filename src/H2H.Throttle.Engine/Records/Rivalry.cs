using System.Security.Cryptography;

namespace H2H.Throttle.Engine.Records;

/// <summary>Parts those who save one record against each other, each as often as the other.</summary>
/// <remarks>
/// Whoever loses tries again at once, with what the refusal showed, and mostly that is best. But two processes can go
/// round in step, so that the same one loses every time; who has lost often steps aside for a while that the dice
/// tell, longer each time, and looks again before the next try.
/// </remarks>
internal static class Rivalry
{
    private const int LostAtOnceMax = 8;
    private const int PauseMaxMs = 32;

    /// <summary>Whether it is time to step aside.</summary>
    /// <param name="lost">How many tries in a row were lost.</param>
    public static bool IsStuck(int lost) => lost >= LostAtOnceMax;

    /// <summary>Steps aside: for 1 ms at least, for 2 ms more at most with each try that is lost.</summary>
    /// <param name="lost">How many tries in a row were lost.</param>
    /// <param name="cancellation">Ends the pause.</param>
    public static Task StepAsideAsync(int lost, CancellationToken cancellation) => Task.Delay(
        1 + RandomNumberGenerator.GetInt32(int.Clamp(2 * (lost - LostAtOnceMax), 2, PauseMaxMs)), cancellation);
}
