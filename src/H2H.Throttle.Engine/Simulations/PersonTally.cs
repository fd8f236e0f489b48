namespace H2H.Throttle.Engine.Simulations;

/// <summary>Adds up what one person had.</summary>
internal sealed class PersonTally
{
    private readonly Dictionary<string, (int Before, int After)> weeks = new(StringComparer.Ordinal);

    public int Contacts { get; private set; }

    public int Refused { get; private set; }

    public int NewlyRefused { get; private set; }

    /// <summary>Contacts that were made.</summary>
    public int Before { get; private set; }

    /// <summary>Contacts that the candidate allows.</summary>
    public int After { get; private set; }

    public int BusiestBefore => weeks.Count == 0 ? 0 : weeks.Values.Max(static week => week.Before);

    public int BusiestAfter => weeks.Count == 0 ? 0 : weeks.Values.Max(static week => week.After);

    public void Add(string week, bool wasRefused, bool isRefused, bool wouldBeRefused)
    {
        Contacts++;
        Refused += isRefused ? 1 : 0;
        NewlyRefused += isRefused && !wouldBeRefused ? 1 : 0;
        Before += wasRefused ? 0 : 1;
        After += isRefused ? 0 : 1;
        (int before, int after) = weeks.GetValueOrDefault(week);
        weeks[week] = (before + (wasRefused ? 0 : 1), after + (isRefused ? 0 : 1));
    }
}
