using H2H.Throttle.Cli.Pools;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows what is known of a person.</summary>
internal static class PersonView
{
    public static void Show(Screen screen, Person person)
    {
        string zone = (person.Zone, person.Zones.Count) switch
        {
            ({ Length: > 0 }, _) => person.Zone,
            (_, > 0) => $"one of {string.Join(", ", person.Zones)}: all must agree",
            _ => "unknown: every zone of the country must agree",
        };
        string country = person.Country.Length > 0 ? person.Country : "unknown: the policy's";
        screen.Line($"zone        {zone}");
        screen.Line($"country     {country}");
        foreach ((string key, string value) in person.Attributes.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            screen.Line($"attribute   {key}={value}");
        }

        if (person.Pools.Count > 0)
        {
            PoolView.Show(screen, person.Pools);
        }

        foreach (PersonLimit limit in person.Limits)
        {
            string scope = ConsentView.ScopeOf(new ConsentScope
            {
                Channel = limit.Channel, Purpose = limit.Purpose, Topic = limit.Topic, Brand = limit.Brand,
            });
            screen.Line($"own limit   {limit.Cap} in {limit.Window}  [dim]{scope}[/]");
        }

        foreach (PersonQuiet quiet in person.QuietTimes)
        {
            string scope = ConsentView.ScopeOf(new ConsentScope
            {
                Channel = quiet.Channel, Purpose = quiet.Purpose, Topic = quiet.Topic, Brand = quiet.Brand,
            });
            string until = quiet.Until.Length > 0 ? $" until {quiet.Until}" : "";
            screen.Line($"not then    {quiet.Times}{until}  [dim]{scope}[/]");
        }

        foreach (string hold in person.Holds)
        {
            screen.Line($"hold        {hold}");
        }
    }
}
