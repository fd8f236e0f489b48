using System.Collections;
using System.Reflection;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Core.Tests.Stories;

public sealed class StoryTests
{
    /// <summary>What stories leave out, each with where it is tried.</summary>
    private static readonly Type[] TriedElsewhere =
    [
        typeof(Snoozed), typeof(OptOut),   // in force by what people say: StatementsTests and stories' snoozes
        typeof(Inconvenient),              // made of what the person named, not by a policy
    ];

    /// <summary>A kind of rule, of window or of condition that no story has is tried by no property.</summary>
    [Fact]
    public void Stories_hold_every_part_of_the_policy_language()
    {
        HashSet<object> found = new(ReferenceEqualityComparer.Instance);
        HashSet<string> names = [];
        for (int number = 0; number < 1500; number++)
        {
            foreach (Rule rule in new StoryTeller(number).Tell().Policy.Rules)
            {
                Visit(rule, found, names);
            }
        }

        Type[] parts =
        [
            .. typeof(Rule).Assembly.GetTypes()
                .Where(static type => type.IsAssignableTo(typeof(Rule)) && type.IsSealed),
            .. Alternatives(typeof(Window)), .. Alternatives(typeof(Silence)), .. Alternatives(typeof(Freshness)),
            .. Alternatives(typeof(Condition)), .. Alternatives(typeof(GroupKey)), .. Alternatives(typeof(WindowZone)),
        ];
        IEnumerable<string> wanted = parts.Except(TriedElsewhere).Select(static part => part.FullName!)
            .Concat(Enum.GetNames<Effect>().Select(static name => $"{nameof(Effect)}.{name}"))
            .Concat(Enum.GetNames<CalendarUnit>().Select(static name => $"{nameof(CalendarUnit)}.{name}"))
            .Concat(Enum.GetNames<TraitKey>().Select(static name => $"{nameof(TraitKey)}.{name}"))
            .Concat([
                "Rule.Unless", "Rule.UnlessConsent", "Rule.From", "Rule.Until", "Cap.Keep", "LastDays.Widen",
                "Needs.Or", "ConsentTerms.Lasts", "Listed.Freshness", "HolidayCalendar.Name",
            ]);
        Assert.Empty(wanted.Except(names).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Type> Alternatives(Type family) =>
        family.GetNestedTypes().Where(type => type.IsAssignableTo(family));

    private static void Visit(object part, HashSet<object> found, HashSet<string> names)
    {
        Type type = part.GetType();
        if (part is Enum)
        {
            names.Add($"{type.Name}.{part}");
            return;
        }

        if (part is IEnumerable many and not string)
        {
            foreach (object one in many)
            {
                Visit(one, found, names);
            }

            return;
        }

        if (type.Assembly != typeof(Rule).Assembly || !found.Add(part))
        {
            return;
        }

        names.Add(type.FullName!);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && property.GetValue(part) is { } value)
            {
                names.Add($"{property.DeclaringType!.Name}.{property.Name}");
                Visit(value, found, names);
            }
        }
    }
}
