using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.People;

/// <summary>A change that holds.</summary>
/// <param name="Result">The answer to the caller.</param>
/// <param name="Version">
/// At which the record holds it; absent: nothing is stored of the person, nor needed to be.
/// </param>
/// <param name="Elsewhere">
/// Not null: nothing was changed, because the person of whom the caller spoke is not kept in this record.
/// </param>
internal readonly record struct Done<TResult>(TResult Result, RecordVersion Version, PersonRecord? Elsewhere = null);
