using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows what a person said.</summary>
internal static class ConsentView
{
    public static void Show(Screen screen, Wire.Consent consent, TimeText times)
    {
        if (consent.OptOuts.Count + consent.Snoozes.Count == 0)
        {
            screen.Line($"  Nothing is opted out of or snoozed.");
        }

        foreach (ConsentStatement no in consent.OptOuts)
        {
            screen.Line($"  [red]opted out[/]  {ScopeOf(no.Scope)}  since {times.Write(no.At)}{SourceOf(no)}");
        }

        foreach (ConsentStatement yes in consent.OptIns)
        {
            screen.Line($"  [green]opted in[/]   {ScopeOf(yes.Scope)}  since {times.Write(yes.At)}{SourceOf(yes)}");
        }

        foreach (ConsentSnooze snooze in consent.Snoozes)
        {
            screen.Line($"  [yellow]snoozed[/]    {ScopeOf(snooze.Scope)}  until {times.Write(snooze.Until)}");
        }

        foreach (GivenConsent given in consent.Given)
        {
            Show(screen, given, times);
        }
    }

    private static void Show(Screen screen, GivenConsent given, TimeText times)
    {
        string by = given.EndedBy.Length > 0 ? $" by {given.EndedBy}" : "";
        string end = given.EndsAt is { } ends ? $"  until {times.Write(ends)}{by}" : "";
        string proof = given.Proof.Length > 0 ? $"  ({given.Proof})" : "";
        string what = $"{given.Name} for {ScopeOf(given.Scope)}  since {times.Write(given.StartsAt)}{end}{proof}";
        if (given.InForce)
        {
            screen.Line($"  [green]agreed[/]     {what}");
        }
        else
        {
            screen.Line($"  [dim]not now[/]    {what}");
        }

        foreach (ConsentScope except in given.Except)
        {
            screen.Line($"             except {ScopeOf(except)}");
        }
    }

    /// <summary><c>email marketing about offers by north</c>, <c>everything by north</c>; null: everything.</summary>
    public static string ScopeOf(ConsentScope? scope)
    {
        string topic = scope is { Topic.Length: > 0 } ? $"about {scope.Topic}" : "";
        string brand = scope is { Brand.Length: > 0 } ? $"by {scope.Brand}" : "";
        string kind = Words.Join(scope?.Channel ?? "", scope?.Purpose ?? "");
        return Words.Join(kind.Length > 0 ? kind : "everything", topic, brand);
    }

    private static string SourceOf(ConsentStatement statement) =>
        statement.Source.Length > 0 ? $"  ({statement.Source})" : "";
}
