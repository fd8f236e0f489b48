using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Access;

/// <summary>A key that a program shows to prove who it is. Its secret is not kept.</summary>
/// <param name="Id">Names the key in lists and logs; <see cref="KeyText.IdLength"/> characters.</param>
/// <param name="Name">Whose it is, in the admin's words: "mail platform".</param>
/// <param name="Role">What it opens.</param>
/// <param name="Brands">The only brands it may speak for, in order; empty: every one.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Expires">It opens nothing from then on; null: until it is revoked.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
public sealed record AccessKey(
    string Id,
    string Name,
    Role Role,
    ImmutableArray<string> Brands,
    Instant MadeAt,
    Instant? Expires,
    Instant? RevokedAt)
{
    public const int NameLengthMax = 64;

    public const int BrandsMax = 64;

    public bool OpensAt(Instant now) => RevokedAt is null && !(Expires <= now);
}
