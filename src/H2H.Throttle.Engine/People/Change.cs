namespace H2H.Throttle.Engine.People;

/// <summary>What a call makes of a person's record.</summary>
/// <param name="Result">The answer to the caller.</param>
/// <param name="Record">To be saved; null: nothing changes.</param>
/// <param name="IsRepeated">
/// The answer was given before. It may not have been heard because its facts did not reach the journal; now they must.
/// </param>
internal readonly record struct Change<TResult>(TResult Result, PersonRecord? Record, bool IsRepeated = false)
{
    /// <summary>Tells the caller of a change that runs again and again whether the last time it was repeated.</summary>
    public Change<TResult> Noting(ref bool isRepeated)
    {
        isRepeated = IsRepeated;
        return this;
    }
}
