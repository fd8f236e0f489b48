using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Pools;

/// <summary>Somebody's record as it was loaded, and what it says.</summary>
internal sealed record SeenPerson(KnownPerson Known, PersonRecord Record);
