using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Core.Rules;

/// <summary>One key of a matcher.</summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>Whether it can be judged from the contact alone.</summary>
    internal abstract bool IsAboutContact { get; }

    internal abstract bool Matches(in Happening happening, Person person);

    /// <summary>
    /// The trait is there and one of the patterns matches it. With many subjects one of them is enough.
    /// </summary>
    public sealed record Trait(TraitKey Key, ImmutableArray<Glob> AnyOf) : Condition
    {
        internal override bool IsAboutContact => true;

        internal override bool Matches(in Happening happening, Person person) =>
            Matches(happening.Traits, person) || happening.IsAboutAll(Key);

        private bool Matches(ContactTraits traits, Person person) => Key switch
        {
            TraitKey.Channel => AnyMatches(traits.Channel),
            TraitKey.Purpose => AnyMatches(traits.Purpose),
            TraitKey.Brand => AnyMatches(traits.Brand),
            TraitKey.Campaign => AnyMatches(traits.Campaign),
            TraitKey.Topic => AnyMatches(traits.Topic),
            TraitKey.Sender => AnyMatches(traits.Sender),
            TraitKey.Subject => AnyMatches(traits.Subjects),
            TraitKey.Country => AnyMatches(traits.Country ?? person.Country),
            TraitKey.Address => AnyMatches(traits.Address),
            TraitKey.Direction => AnyMatches(traits.Direction is Direction.In ? "in" : "out"),
            _ => throw new UnreachableException(),
        };

        private bool AnyMatches(ImmutableArray<string> values)
        {
            foreach (string value in values)
            {
                if (AnyMatches(value))
                {
                    return true;
                }
            }

            return false;
        }

        internal bool AnyMatches(string? value) => !string.IsNullOrEmpty(value) && Glob.AnyMatches(AnyOf, value);
    }

    /// <summary>The label is there and one of the patterns matches it.</summary>
    public sealed record Label(string Name, ImmutableArray<Glob> AnyOf) : Condition
    {
        internal override bool IsAboutContact => true;

        internal override bool Matches(in Happening happening, Person person) =>
            happening.Traits.Labels.TryGetValue(Name, out string? value) && Glob.AnyMatches(AnyOf, value);
    }

    /// <summary>The person has the attribute and one of the patterns matches it.</summary>
    public sealed record Attribute(string Name, ImmutableArray<Glob> AnyOf) : Condition
    {
        internal override bool IsAboutContact => false;

        internal override bool Matches(in Happening happening, Person person) =>
            person.Attributes.TryGetValue(Name, out string? value) && Glob.AnyMatches(AnyOf, value);
    }

    /// <summary>The priority is between two numbers, both included.</summary>
    public sealed record Priority(int Least, int Most) : Condition
    {
        internal override bool IsAboutContact => true;

        internal override bool Matches(in Happening happening, Person person) =>
            happening.Traits.Priority >= Least && happening.Traits.Priority <= Most;
    }

    /// <summary>The outcome is known and one of these. An attempt has none.</summary>
    public sealed record Outcome(ImmutableArray<Glob> AnyOf) : Condition
    {
        internal override bool IsAboutContact => true;

        internal override bool Matches(in Happening happening, Person person) =>
            Glob.AnyMatches(AnyOf, happening.Outcome);
    }

    /// <summary>It is an event and called one of these.</summary>
    public sealed record Event(ImmutableArray<Glob> AnyOf) : Condition
    {
        internal override bool IsAboutContact => true;

        internal override bool Matches(in Happening happening, Person person) =>
            Glob.AnyMatches(AnyOf, happening.Event);
    }

    /// <summary>
    /// A consent of that name covered it and was in force when it was. Of an attempt nothing is known.
    /// </summary>
    public sealed record Consent(ConsentTerms Terms) : Condition
    {
        internal override bool IsAboutContact => true;

        internal override bool Matches(in Happening happening, Person person) =>
            happening.At is { } at && Terms.IsMet(person, happening.Traits, at);
    }

    /// <summary>The matcher inside does not match.</summary>
    public sealed record Not(Matcher Matcher) : Condition
    {
        internal override bool IsAboutContact => Matcher.Conditions.All(static inner => inner.IsAboutContact);

        internal override bool Matches(in Happening happening, Person person) =>
            !Matcher.AllHold(happening.Event is null ? happening : happening.Inverted(), person);
    }
}
