using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Core.Consent;

/// <summary>What a person said is enough: at most so many contacts of a scope in a window.</summary>
public sealed record PersonLimit
{
    public const int LimitsMax = 16;

    /// <summary>The largest limit; beyond it nothing is limited.</summary>
    public const int ContactsMax = 1000;

    /// <param name="scope">Which contacts.</param>
    /// <param name="contacts">How many: 0 to <see cref="ContactsMax"/>.</param>
    /// <param name="window">In what time.</param>
    public PersonLimit(Scope scope, int contacts, Window window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contacts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contacts, ContactsMax);
        (Scope, Contacts, Window) = (scope, contacts, window);
        Rule = ToRule();
    }

    /// <summary>The name that reasons give it.</summary>
    public const string RuleName = "person-limit";

    public Scope Scope { get; }

    public int Contacts { get; }

    public Window Window { get; }

    internal Cap Rule { get; }

    public bool Equals(PersonLimit? other) =>
        other is not null && Scope == other.Scope && Contacts == other.Contacts && Window == other.Window;

    public override int GetHashCode() => HashCode.Combine(Scope, Contacts, Window);

    private Cap ToRule()
    {
        Matcher scope = Scope.ToMatcher();
        Density density = new(new Counting(scope, []), Window, WindowZone.Person);
        return new Cap(RuleName, [new CapLimit(null, Contacts)], density)
        {
            When = scope,
            Code = ReasonCode.PersonLimit,
        };
    }
}
