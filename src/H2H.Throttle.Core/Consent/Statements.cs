using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Consent;

/// <summary>The opt-outs and opt-ins of one person, in the order in which they were said.</summary>
/// <remarks>
/// An opt-out holds until an opt-in that was said later lifts it. An opt-in lifts an opt-out, for the contacts that
/// both cover, if one of the two scopes contains the other: after <c>everything</c>, an opt-in for <c>channel email</c>
/// frees e-mail alone; after <c>channel email</c>, an opt-in for <c>topic news</c> frees nothing, since the person did
/// not speak of e-mail. It lifts for good the opt-outs that it contains; and an opt-out takes back for good the
/// opt-ins that it contains. A no to more does not make void a no to less: who refused e-mail, then everything, and
/// then allows <c>topic news</c>, gets no news by e-mail.
/// </remarks>
public sealed class Statements
{
    /// <summary>The most statements that are kept, after those that no longer say anything are left out.</summary>
    public const int StatementsMax = 256;

    private Statements(ImmutableArray<Statement> items) => Items = items;

    public static Statements None { get; } = new([]);

    public ImmutableArray<Statement> Items { get; }

    /// <summary>Whether one more can be kept. A statement about everything always can.</summary>
    public bool HasRoomFor(Statement statement) => With(statement).Items.Length <= StatementsMax;

    public static Statements Of(IEnumerable<Statement> items) => new([.. items]);

    /// <summary>
    /// Adds a statement and leaves out those that it makes void: those that say the contrary of what it contains, and
    /// the same said before. Only when nothing else makes room, what says the same of less is left out too.
    /// </summary>
    public Statements With(Statement statement)
    {
        ImmutableArray<Statement> kept = Items.RemoveAll(old => statement.Scope.Contains(old.Scope)
            && (old.IsOptOut != statement.IsOptOut || old.Scope == statement.Scope));
        if (kept.Length >= StatementsMax)
        {
            kept = kept.RemoveAll(old => statement.Scope.Contains(old.Scope));
        }

        bool saysNothing = !statement.IsOptOut && !kept.Any(static old => old.IsOptOut);
        return saysNothing ? None : new Statements(kept.Add(statement));
    }

    /// <summary>The opt-outs that no later opt-in has lifted whole, oldest first.</summary>
    public IEnumerable<Statement> InForce => Items.Where(static statement => statement.IsOptOut);

    /// <summary>The latest opt-out in force against such a contact, or null.</summary>
    public Statement? OptOutFor(ContactTraits traits)
    {
        for (int i = Items.Length - 1; i >= 0; i--)
        {
            if (Items[i].IsOptOut && Items[i].Scope.Covers(traits) && !IsLifted(i, traits))
            {
                return Items[i];
            }
        }

        return null;
    }

    /// <summary>The latest opt-out of all of a scope that no later opt-in has lifted for all of it, or null.</summary>
    public Statement? OptOutOf(Scope scope)
    {
        for (int i = Items.Length - 1; i >= 0; i--)
        {
            if (Items[i].IsOptOut && Items[i].Scope.Contains(scope) && !IsLifted(i, scope))
            {
                return Items[i];
            }
        }

        return null;
    }

    private bool IsLifted(int optOut, ContactTraits traits)
    {
        for (int i = optOut + 1; i < Items.Length; i++)
        {
            if (Lifts(Items[i], Items[optOut]) && Items[i].Scope.Covers(traits))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsLifted(int optOut, Scope scope)
    {
        for (int i = optOut + 1; i < Items.Length; i++)
        {
            if (Lifts(Items[i], Items[optOut]) && Items[i].Scope.Contains(scope))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a later word can lift a no, for what both cover.</summary>
    private static bool Lifts(Statement later, Statement no) =>
        !later.IsOptOut && (later.Scope.Contains(no.Scope) || no.Scope.Contains(later.Scope));
}
