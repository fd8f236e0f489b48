using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Which lines have their verdict: four bytes for each line, so that ten million fit.</summary>
internal sealed class DoneLines
{
    private readonly List<int> hashes = [];

    public void Add(long line, string personId)
    {
        while (hashes.Count <= line)
        {
            hashes.Add(0);
        }

        hashes[(int)line] = HashOf(personId);
    }

    /// <exception cref="UnusableException">The verdict of that line is somebody else's.</exception>
    public bool Has(AudienceLine line)
    {
        if (line.Number >= hashes.Count || hashes[(int)line.Number] == 0)
        {
            return false;
        }

        return hashes[(int)line.Number] == HashOf(line.PersonId) ? true : throw new UnusableException(
            $"Line {line.Number} is about somebody else than when its verdict was written: the audience has changed. "
            + "Start a run of its own, with other names for --run and --out.");
    }

    // Not zero, which stands for no verdict. What a flattened line end hides is no other person.
    private static int HashOf(string personId) =>
        personId.ReplaceLineEndings(" ").GetHashCode(StringComparison.Ordinal) | 1;
}
