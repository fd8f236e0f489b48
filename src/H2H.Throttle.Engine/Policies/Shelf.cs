using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Policies;

/// <summary>The versions that are known at one moment. Immutable; swapped whole.</summary>
internal sealed class Shelf
{
    private readonly ImmutableArray<PolicyVersionRecord> versions;

    private Shelf(ImmutableArray<PolicyVersionRecord> versions, PolicyInForce current) =>
        (this.versions, Current) = (versions, current);

    public PolicyInForce Current { get; }

    public IEnumerable<PolicyVersionRecord> Newest => versions.Reverse();

    /// <param name="versions">From number 1 on, without gaps. Not empty.</param>
    /// <exception cref="StoreException">The last cannot be read.</exception>
    public static Shelf Of(ImmutableArray<PolicyVersionRecord> versions) => new(versions, Load(versions[^1]));

    /// <param name="next">Those that follow, in order. Not empty.</param>
    /// <exception cref="StoreException">The last cannot be read.</exception>
    public Shelf With(ImmutableArray<PolicyVersionRecord> next) => new(versions.AddRange(next), Load(next[^1]));

    public PolicyVersionRecord? Find(long number) =>
        number >= 1 && number <= versions.Length ? versions[(int)number - 1] : null;

    private static PolicyInForce Load(PolicyVersionRecord record) => PolicyParser.Read(record.Document) switch
    {
        PolicyReading.Valid valid => new PolicyInForce(record.ToVersion(), valid.Policy),
        PolicyReading.Invalid invalid => throw new StoreException(
            StoreFailure.Newer,
            $"Version {record.Number} of the policy is in force, but this version of the product cannot read it: "
            + $"{invalid.Errors[0]}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
