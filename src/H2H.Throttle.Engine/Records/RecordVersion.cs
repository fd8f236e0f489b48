namespace H2H.Throttle.Engine.Records;

/// <summary>Tells one state of a record from every other state that its key ever had.</summary>
/// <remarks>A store never gives the same version twice to one key, not even after the record has expired.</remarks>
public readonly record struct RecordVersion(long Number)
{
    /// <summary>The version of a record that does not exist: never saved, or expired.</summary>
    public static RecordVersion Absent => default;
}
