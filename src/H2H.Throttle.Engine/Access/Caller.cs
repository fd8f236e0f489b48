using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Access;

/// <summary>Who makes a call, as far as they have proved it.</summary>
/// <param name="Name">Of the key or the token's subject; for logs and limits, never a person's.</param>
/// <param name="Role">What they are trusted with.</param>
/// <param name="Brands">The only brands they may speak for; empty: every one.</param>
public sealed record Caller(string Name, Role Role, ImmutableArray<string> Brands)
{
    /// <summary>How they have proved it.</summary>
    public ActorKind Kind { get; init; } = ActorKind.Anyone;

    /// <summary>What tells them from all others of the kind; empty: there are no others.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whoever calls a server that asks for no credentials.</summary>
    public static Caller Anyone { get; } = new("anyone", Role.Admin, []);

    /// <summary>As the journal names them.</summary>
    /// <param name="through">What they call, as <see cref="Actor.Through"/>.</param>
    public Actor Acting(string through) => new(Kind, Id, Role, through);

    /// <param name="brand">Null: the contact names none.</param>
    public bool SpeaksFor(string? brand) => Brands.IsEmpty || (brand is not null && Brands.Contains(brand));
}
