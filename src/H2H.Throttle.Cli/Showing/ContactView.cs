using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows a contact of the ledger.</summary>
internal static class ContactView
{
    public static void Show(Screen screen, string done, LedgerContact contact, TimeText times)
    {
        screen.Line($"[bold green]{done}[/]  {times.Write(contact.At)}");
        screen.Line($"  contact       {contact.ContactId}");
        screen.Line($"  what          {TraitsOf(contact.Contact)}");
        screen.Line($"  stands        {Words.Of(contact.State)}{OutcomeOf(contact)}");
    }

    public static void ShowBrief(Screen screen, LedgerContact contact, TimeText times)
    {
        string state = Words.Of(contact.State).PadRight(11);
        string what = $"{TraitsOf(contact.Contact)}{OutcomeOf(contact)}";
        screen.Line($"{times.Brief(contact.At)}  {state}  {what}  [dim]{contact.ContactId}[/]");
    }

    private static string OutcomeOf(LedgerContact contact)
    {
        string outcome = contact.Outcome is { Name.Length: > 0 } known ? $", {known.Name}" : "";
        return contact.Discussed.Count > 0 ? $"{outcome}, about {string.Join(" and ", contact.Discussed)}" : outcome;
    }

    private static string TraitsOf(Contact contact)
    {
        string[] traits =
        [
            contact.Channel, contact.Purpose, contact.Brand, contact.Campaign, contact.Topic, contact.Sender,
        ];
        IEnumerable<string> subjects = contact.Subjects.Select(static subject => $"for {subject}");
        IEnumerable<string> labels = contact.Labels
            .OrderBy(static label => label.Key, StringComparer.Ordinal)
            .Select(static label => $"{label.Key}={label.Value}");
        string[] direction = contact.Direction is Direction.In ? ["received"] : [];
        return Words.Join([.. direction, .. traits, .. subjects, .. labels]);
    }
}
