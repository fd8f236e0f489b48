using System.Globalization;
using H2H.Throttle.Cli.Access;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Journals;

/// <summary>Shows an entry of the journal, in a line.</summary>
internal static class JournalView
{
    public static void Show(Screen screen, JournalEntry entry, TimeText times)
    {
        string position = entry.Position.ToString(CultureInfo.InvariantCulture).PadLeft(6);
        string details = Words.Join(entry.Details
            .OrderBy(static part => part.Key, StringComparer.Ordinal)
            .Select(static part => $"{part.Key}={part.Value}"));
        string who = entry.Actor is { } actor ? WhoIs(actor) : "";
        screen.Line(
            $"{position}  {times.Brief(entry.At)}  [bold]{entry.Kind}[/]  {details}  [dim]{entry.Subject}[/]  {who}");
    }

    private static string WhoIs(Actor actor)
    {
        string kind = actor.Kind switch
        {
            ActorKind.Unspecified => "",
            ActorKind.AdminKey => "admin key file",
            _ => actor.Kind.ToString().ToLowerInvariant(),
        };
        string role = actor.Role is Role.Unspecified ? "" : $"({Roles.NameOf(actor.Role)})";
        string through = actor.Through.Length == 0 ? "" : $"through {actor.Through}";
        return $"by {Words.Join(kind, actor.Id, role, through)}";
    }
}
