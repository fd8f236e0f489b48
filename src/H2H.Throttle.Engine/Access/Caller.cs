using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Access;

/// <summary>Who makes a call, as far as they have proved it.</summary>
/// <param name="Name">Of the key or the token's subject; for logs and limits, never a person's.</param>
/// <param name="Role">What they are trusted with.</param>
/// <param name="Brands">The only brands they may speak for; empty: every one.</param>
public sealed record Caller(string Name, Role Role, ImmutableArray<string> Brands)
{
    /// <summary>Whoever calls a server that asks for no credentials.</summary>
    public static Caller Anyone { get; } = new("anyone", Role.Admin, []);

    /// <param name="brand">Null: the contact names none.</param>
    public bool SpeaksFor(string? brand) => Brands.IsEmpty || (brand is not null && Brands.Contains(brand));
}
