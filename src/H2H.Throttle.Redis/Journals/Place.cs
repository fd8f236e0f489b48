namespace H2H.Throttle.Redis.Journals;

/// <summary>Where the next facts go.</summary>
/// <param name="Part">The part that grows, from 0.</param>
/// <param name="Head">The last entry of the journal, as far as it is known.</param>
/// <param name="FullAt">The position from which on the part is full.</param>
/// <param name="MayBegin">Nothing may be there yet: the head is the one that the part starts from.</param>
internal sealed record Place(int Part, Head Head, long FullAt, bool MayBegin);
