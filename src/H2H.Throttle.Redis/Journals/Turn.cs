namespace H2H.Throttle.Redis.Journals;

/// <summary>Whose turn it is to append, as one of those who want to says.</summary>
/// <param name="Appender">The name of the one who says so: no other has it.</param>
/// <param name="AskedForMs">How long it asks the others to wait, in milliseconds; 0: it does not.</param>
internal readonly record struct Turn(string Appender, int AskedForMs);
