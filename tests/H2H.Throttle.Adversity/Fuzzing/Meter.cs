namespace H2H.Throttle.Adversity.Fuzzing;

/// <summary>Runs what must end without a crash, and measures what it allocates for each byte of its input.</summary>
/// <param name="bytesFree">What any input may cost, however short.</param>
/// <param name="bytesAByte">What each byte of an input may cost beyond that.</param>
internal sealed class Meter(long bytesFree, long bytesAByte)
{
    private readonly List<string> flaws = [];

    public int Inputs { get; private set; }

    /// <summary>The most that an input allocated.</summary>
    public long Most { get; private set; }

    public IReadOnlyList<string> Flaws => flaws;

    /// <summary>Runs it on this thread alone.</summary>
    /// <param name="input">It is shown if something is wrong.</param>
    /// <param name="run">May throw nothing.</param>
    public void Run(byte[] input, Action run)
    {
        Inputs++;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            run();
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            // Whatever it is: nothing may come out of it, and the input must be told.
            flaws.Add($"{crash}\nfrom {Convert.ToHexString(input)}");
            return;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Most = Math.Max(Most, allocated);
        if (allocated > bytesFree + (bytesAByte * input.Length))
        {
            flaws.Add($"{allocated:N0} bytes were allocated for {input.Length:N0} bytes: {Convert.ToHexString(input)}");
        }
    }
}
