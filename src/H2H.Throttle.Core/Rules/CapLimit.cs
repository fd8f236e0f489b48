namespace H2H.Throttle.Core.Rules;

/// <summary>How many contacts a cap allows, and to whom.</summary>
/// <param name="When">People and contacts it is for; null: all.</param>
/// <param name="Contacts">At least 1; 0: blocked, none at all; null: unlimited.</param>
public sealed record CapLimit(Matcher? When, int? Contacts)
{
    public const int ContactsMax = 1_000_000;

    public static CapLimit Blocked { get; } = new(null, 0);

    public static CapLimit Unlimited { get; } = new(null, null);
}
