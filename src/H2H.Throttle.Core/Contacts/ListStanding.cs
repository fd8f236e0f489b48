using NodaTime;

namespace H2H.Throttle.Core.Contacts;

/// <summary>What a suppression list says of the address that is used.</summary>
/// <param name="List">The list's name.</param>
/// <param name="AsOf">The instant of which the copy at hand tells; it gets old from then on.</param>
/// <param name="IsListed">Whether the address is on it.</param>
public readonly record struct ListStanding(string List, Instant AsOf, bool IsListed);
