namespace H2H.Throttle.Engine.Records;

/// <summary>What became of a save: done, or refused because somebody else had saved before.</summary>
public abstract record SaveResult
{
    private SaveResult() { }

    /// <summary>The value is stored, durably, at <paramref name="Version"/>.</summary>
    public sealed record Saved(RecordVersion Version) : SaveResult;

    /// <summary>Nothing was stored; <paramref name="Current"/> is what the key holds instead.</summary>
    public sealed record Conflict(Record Current) : SaveResult;
}
