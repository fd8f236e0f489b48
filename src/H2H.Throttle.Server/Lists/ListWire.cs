using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using BadLine = H2H.Throttle.Wire.BadLine;
using ImportMode = H2H.Throttle.Engine.Lists.ImportMode;
using ImportProgress = H2H.Throttle.Engine.Lists.ImportProgress;
using LineFault = H2H.Throttle.Wire.LineFault;
using SuppressionList = H2H.Throttle.Engine.Lists.SuppressionList;

namespace H2H.Throttle.Server.Lists;

/// <summary>Suppression lists on the wire.</summary>
internal static class ListWire
{
    public static ImportDraft Read(SuppressionImport import, Violations violations) => new()
    {
        List = import.List,
        AsOf = TimeWire.Read(import.AsOf, "import.as_of", violations),
        ImportId = import.ImportId,
        Mode = ReadMode(import.Mode, violations),
        CountryCode = import.CountryCode,
        KeyId = import.KeyId,
        At = TimeWire.Read(import.At, "import.at", violations),
    };

    public static ImportEnd Read(SuppressionImportEnd end) => new(end.Lines, end.AllowEmpty, end.AllowOlder);

    public static ImportSuppressionsResponse Write(ImportResult result) => new()
    {
        List = Write(result.List),
        Import = Write(result.Import),
    };

    public static Wire.ImportProgress Write(ImportProgress progress)
    {
        Wire.ImportProgress written = new()
        {
            Lines = progress.Lines,
            Addresses = progress.Entries,
            Bad = progress.Bad,
            InForce = progress.IsInForce,
        };
        written.BadLines.AddRange(progress.BadLines.Select(
            static bad => new BadLine { Number = bad.Number, Fault = (LineFault)(int)bad.Fault }));
        return written;
    }

    public static Wire.SuppressionList Write(SuppressionList list) => new()
    {
        Name = list.Name,
        AsOf = TimeWire.Write(list.AsOf),
        Entries = list.Entries,
        ChangedAt = TimeWire.Write(list.ChangedAt),
        Changes = list.Changes,
        Lines = list.Lines,
        BadLines = list.BadLines,
        MemoryBytes = list.Bytes,
        Unreadable = !list.IsReadable,
        NewerSince = TimeWire.WriteOrNull(list.NewerSince),
    };

    private static ImportMode ReadMode(Wire.ImportMode mode, Violations violations)
    {
        switch (mode)
        {
            case Wire.ImportMode.Unspecified or Wire.ImportMode.Replace:
                return ImportMode.Replace;
            case Wire.ImportMode.Add:
                return ImportMode.Add;
            case Wire.ImportMode.Remove:
                return ImportMode.Remove;
            default:
                violations.Add(
                    "import.mode",
                    ErrorReason.FieldNotAllowed,
                    "import.mode is none that this version knows: REPLACE, ADD or REMOVE.");
                return ImportMode.Replace;
        }
    }
}
