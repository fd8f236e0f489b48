using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.People;

/// <summary>By what people are found, on the wire.</summary>
internal static class NameWire
{
    public static PersonName Write(KnownName name) => new()
    {
        Kind = name.Kind switch
        {
            AliasKind.Email => PersonNameKind.Email,
            AliasKind.Phone => PersonNameKind.Phone,
            AliasKind.Device => PersonNameKind.Device,
            _ => PersonNameKind.Id,
        },
        Since = TimeWire.Write(name.Since),
        Merged = name.IsMerged,
    };

    public static Suppression Read(ErasureSuppression suppression, Violations violations)
    {
        if (!Enum.IsDefined(suppression))
        {
            violations.Add(
                "suppression",
                ErrorReason.EnumOutOfRange,
                "suppression must be ERASURE_SUPPRESSION_EVERYTHING, ERASURE_SUPPRESSION_AS_SAID or absent.");
        }

        return suppression is ErasureSuppression.AsSaid ? Suppression.AsSaid : Suppression.Everything;
    }
}
