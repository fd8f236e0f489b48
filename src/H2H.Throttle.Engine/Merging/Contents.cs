using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Whole records that are kept within others.</summary>
internal static class Contents
{
    public static byte[] Write(PersonRecord record) => PersonCodec.Write(record with { Outbox = [] });

    /// <summary>Of no bytes: one of whom nothing is known.</summary>
    /// <exception cref="Records.StoreException">The bytes are damaged.</exception>
    public static PersonRecord Read(PersonKey person, ReadOnlyMemory<byte> bytes) =>
        (bytes.IsEmpty ? PersonRecord.Unknown : PersonCodec.Read(bytes)) with { Key = person, Via = person };
}
