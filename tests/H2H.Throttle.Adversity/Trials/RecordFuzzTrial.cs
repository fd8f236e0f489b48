using H2H.Throttle.Adversity.Fuzzing;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Records of people that were written well and then changed byte by byte.</summary>
internal sealed class RecordFuzzTrial : ITrial
{
    private const long BytesFree = 4 * 1024 * 1024;
    private const long BytesAByte = 4096;

    public string Name => "random and mutated records of people";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        StoredPeople people = await StoredPeople.WriteAsync();
        Mutator mutator = new(scale.Seed);
        Meter meter = new(BytesFree, BytesAByte);
        int read = 0;
        for (int input = 0; input < scale.Inputs && meter.Flaws.Count < 5; input++)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = mutator.Next(people.Records);
            meter.Run(bytes, () => read += people.Read(bytes) ? 1 : 0);
        }

        return new TrialResult(
            $"{meter.Inputs:N0} records, loaded, judged and changed",
            $"{meter.Inputs - read:N0} called damaged, {read:N0} still readable",
            $"no crash; at most {meter.Most / 1024:N0} KiB allocated for one",
            [.. meter.Flaws]);
    }
}
