using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>Reads the files of holidays that the product brings along.</summary>
internal static class CalendarReader
{
    private static readonly ImmutableArray<string> Keys =
        ["calendar", "country", "title", "first_year", "last_year", "source", "checked", "days"];

    private static readonly ImmutableArray<string> DayKeys = ["name", "on", "from", "except", "weekend"];

    /// <exception cref="InvalidOperationException">The file has a mistake: the product is built wrong.</exception>
    public static CalendarFile Read(string document)
    {
        Findings findings = new();
        Node? root = DocumentReader.ReadOne(document, findings);
        Fields? fields = root is null ? null : Fields.Of(root, "a calendar", Keys, findings);
        if (fields is null || !findings.IsEmpty)
        {
            throw new InvalidOperationException($"A calendar cannot be read: {findings.ToErrors()[0]}");
        }

        ImmutableArray<Holiday> holidays =
            [.. ((Node.List)fields["days"]!).Items.Select(day => ReadDay(day, findings))];
        if (!findings.IsEmpty)
        {
            throw new InvalidOperationException($"A calendar cannot be read: {findings.ToErrors()[0]}");
        }

        (int first, int last) = (Number(fields["first_year"])!.Value, Number(fields["last_year"])!.Value);
        HolidayCalendar calendar = new(
            Text(fields["calendar"])!, Text(fields["country"]), first, last, CalendarDates.Of(holidays, first, last));
        return new CalendarFile(
            calendar, Text(fields["title"])!, Text(fields["source"])!, Text(fields["checked"])!, document);
    }

    private static Holiday ReadDay(Node node, Findings findings)
    {
        Fields fields = Fields.Of(node, "a holiday", DayKeys, findings)
            ?? throw new InvalidOperationException($"Line {node.Line}: not a holiday.");
        HolidayDate on = HolidayDate.Read(Text(fields["on"]) ?? "")
            ?? throw new InvalidOperationException($"Line {node.Line}: `on` is not a day.");
        WeekendShift shift = Text(fields["weekend"]) switch
        {
            null => WeekendShift.None,
            "nearest weekday instead" => WeekendShift.Nearest,
            "next weekday as well" => WeekendShift.Next,
            _ => throw new InvalidOperationException($"Line {node.Line}: `weekend` is not a way to move a holiday."),
        };
        ImmutableArray<int> except = fields["except"] is Node.List years
            ? [.. years.Items.Select(static year => Number(year)!.Value)]
            : [];
        return new Holiday(Text(fields["name"])!, on, Number(fields["from"]), except, shift);
    }

    private static string? Text(Node? node) => (node as Node.Scalar)?.Text;

    private static int? Number(Node? node) => Text(node) is { } text ? (int?)ValueReader.WholeNumber(text) : null;
}
