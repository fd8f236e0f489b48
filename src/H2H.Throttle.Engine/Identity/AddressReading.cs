using H2H.Throttle.Engine.Merging;

namespace H2H.Throttle.Engine.Identity;

/// <summary>What an address was read as.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Form">As it is hashed; of no use if there is a fault.</param>
/// <param name="Fault">What is wrong and how to mend it, to be put after the name of the field; null: nothing.</param>
internal readonly record struct AddressReading(AliasKind Kind, string Form, string? Fault = null);
