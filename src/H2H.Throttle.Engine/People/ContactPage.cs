using System.Collections.Immutable;

namespace H2H.Throttle.Engine.People;

/// <summary>Some of a person's contacts.</summary>
/// <param name="Contacts">In the order asked for.</param>
/// <param name="Next">Asks for what follows; null on the last page.</param>
public sealed record ContactPage(ImmutableArray<KnownContact> Contacts, string? Next);
