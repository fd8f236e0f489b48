using System.Collections.Frozen;

namespace H2H.Throttle.Server.Dialers;

/// <summary>The dialers that were set up, by name. Names ignore case.</summary>
internal sealed class DialerBook(IReadOnlyDictionary<string, DialerOptions> dialers)
{
    private readonly FrozenDictionary<string, Dialer> byName = dialers.ToFrozenDictionary(
        static dialer => dialer.Key,
        static dialer => new Dialer(dialer.Key, dialer.Value),
        StringComparer.OrdinalIgnoreCase);

    public Dialer? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>What no asking could mend: one sentence for each.</summary>
    public static IEnumerable<string> Failures(string name, DialerOptions options)
    {
        foreach (string field in options.Fields.Keys.Concat(options.Constants.Keys).Where(
            static field => !DialerFields.IsKnown(field)))
        {
            yield return $"Dialers:{name} has no field {field}; there are {string.Join(", ", DialerFields.Names)} "
                + $"and {DialerFields.Label}KEY.";
        }

        if (!options.Fields.ContainsKey(DialerFields.Person))
        {
            yield return $"Dialers:{name}:Fields:{DialerFields.Person} must say where the dialer has the person's id.";
        }

        if (!options.Fields.ContainsKey(DialerFields.Purpose) && !options.Constants.ContainsKey(DialerFields.Purpose))
        {
            yield return $"Dialers:{name}:Constants:{DialerFields.Purpose} must say why people are called.";
        }
    }
}
