using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows what is known of a person.</summary>
internal static class PersonView
{
    public static void Show(Screen screen, Person person)
    {
        string zone = person.Zone.Length > 0 ? person.Zone : "unknown: every zone of the country must agree";
        string country = person.Country.Length > 0 ? person.Country : "unknown: the policy's";
        screen.Line($"zone        {zone}");
        screen.Line($"country     {country}");
        foreach ((string key, string value) in person.Attributes.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            screen.Line($"attribute   {key}={value}");
        }

        foreach (PersonLimit limit in person.Limits)
        {
            string scope = ConsentView.ScopeOf(new ConsentScope
            {
                Channel = limit.Channel, Purpose = limit.Purpose, Topic = limit.Topic,
            });
            screen.Line($"own limit   {limit.Cap} in {limit.Window}  [dim]{scope}[/]");
        }
    }
}
