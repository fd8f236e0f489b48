namespace H2H.Throttle.Engine.People;

/// <summary>A change that is made but does not hold yet.</summary>
/// <param name="Result">The answer to the caller, once it holds.</param>
/// <param name="Before">What it was made of.</param>
/// <param name="Save">Null: nothing changes.</param>
/// <param name="IsRepeated">As in <see cref="Change{TResult}"/>.</param>
internal sealed record Draft<TResult>(TResult Result, PersonRecord Before, PersonSave? Save, bool IsRepeated)
{
    /// <summary>Nothing was made: the person of whom the caller spoke is not kept there.</summary>
    public bool IsElsewhere => !Before.IsHere;
}
