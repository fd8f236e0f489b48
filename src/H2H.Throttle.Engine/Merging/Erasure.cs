namespace H2H.Throttle.Engine.Merging;

/// <summary>That a person was erased.</summary>
/// <param name="Names">How many other names of theirs were erased with them.</param>
/// <param name="Contacts">How many contacts were forgotten.</param>
public sealed record Erasure(int Names, int Contacts);
