namespace H2H.Throttle.Engine.Lists;

/// <summary>A list as this process answers from it.</summary>
/// <param name="Entry">What the shelf's record says of it.</param>
/// <param name="Set">Null: it cannot be read, so nobody can tell what is on it.</param>
internal sealed record LoadedList(ListEntry Entry, AddressSet? Set);
