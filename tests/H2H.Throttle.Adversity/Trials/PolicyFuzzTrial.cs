using System.Text;
using H2H.Throttle.Adversity.Fuzzing;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Policy documents of all kinds, good and bad, changed byte by byte.</summary>
internal sealed class PolicyFuzzTrial : ITrial
{
    private const long BytesFree = 16 * 1024 * 1024;
    private const long BytesAByte = 16 * 1024;

    public string Name => "random and mutated policy documents";

    public Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        byte[][] documents =
        [
            .. Directory.EnumerateFiles(RepositoryFolder.Of("tests", "policies-bad"), "*.yaml")
                .Concat(Directory.EnumerateFiles(RepositoryFolder.Of("tests", "cases"), "*.yaml"))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(static document => document.Length < 16 * 1024),
        ];
        Mutator mutator = new(scale.Seed);
        Meter meter = new(BytesFree, BytesAByte);
        int valid = 0;
        for (int input = 0; input < scale.Inputs && meter.Flaws.Count < 5; input++)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = mutator.Next(documents);
            string text = Encoding.UTF8.GetString(bytes);
            meter.Run(bytes, () => valid += PolicyParser.Read(text) is PolicyReading.Valid ? 1 : 0);
        }

        return Task.FromResult(new TrialResult(
            $"{meter.Inputs:N0} documents, from {documents.Length} that people wrote",
            $"{meter.Inputs - valid:N0} refused with a line, {valid:N0} still valid",
            $"no crash; at most {meter.Most / 1024:N0} KiB allocated for one",
            [.. meter.Flaws]));
    }
}
