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
    /// <exception cref="StoreException">A number is missing, or the last cannot be read.</exception>
    public static Shelf Of(ImmutableArray<PolicyVersionRecord> versions)
    {
        for (int i = 0; i < versions.Length; i++)
        {
            if (versions[i].Number != i + 1)
            {
                throw new StoreException(StoreFailure.Damaged,
                    $"Version {i + 1} of the policy is missing from the store.");
            }
        }

        return new Shelf(versions, Load(versions[^1]));
    }

    public Shelf With(PolicyVersionRecord next) => new(versions.Add(next), Load(next));

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
