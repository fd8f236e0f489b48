namespace H2H.Throttle.Engine.Records;

/// <summary>A value and the version at which it was read.</summary>
public sealed record Record(RecordVersion Version, ReadOnlyMemory<byte> Value)
{
    /// <summary>
    /// What a key without a record loads as: version <see cref="RecordVersion.Absent"/>, empty value.
    /// </summary>
    public static Record Absent { get; } = new(RecordVersion.Absent, ReadOnlyMemory<byte>.Empty);

    public bool Exists => Version != RecordVersion.Absent;
}
