using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Cli.Showing;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace H2H.Throttle.Cli.Demo;

/// <summary>The week as a picture, 76 columns wide: a row for each brand and day, a column for each hour.</summary>
internal sealed class WeekPicture(ImmutableArray<DemoAnswer> answers)
{
    private const int FirstHour = 7;
    private const int LastHour = 22;
    private const int LabelWidth = 18;
    private const int HourWidth = 3;

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("ddd d MMM");
    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    private readonly string[] brands =
        [.. answers.Select(static answer => answer.Contact.Brand).Distinct().Order(StringComparer.Ordinal)];

    public void Draw(Screen screen)
    {
        DrawHours(screen);
        foreach (IGrouping<LocalDate, DemoAnswer> day in answers
            .GroupBy(static answer => answer.Contact.At.Date)
            .OrderBy(static day => day.Key))
        {
            foreach (string brand in brands)
            {
                DrawRow(screen, day.Key, brand, [.. day.Where(answer => answer.Contact.Brand == brand)]);
            }

            if (day.Key == DemoWeek.OptOutAt.Date)
            {
                DrawOptOut(screen);
            }
            else
            {
                screen.Line();
            }
        }
    }

    private static void DrawHours(Screen screen)
    {
        IEnumerable<string> hours = Enumerable.Range(FirstHour, LastHour - FirstHour + 1)
            .Select(static hour => hour.ToString("00", CultureInfo.InvariantCulture).PadRight(HourWidth));
        screen.Console.Write(new Text($"{new string(' ', LabelWidth)}{string.Concat(hours)} through\n", Faint));
    }

    private void DrawRow(Screen screen, LocalDate day, string brand, DemoAnswer[] row)
    {
        string date = brand == brands[0] ? Day.Format(day) : "";
        Paragraph line = new();
        line.Append($" {date,-10}", Strong);
        line.Append($"{brand,-6} ");
        for (int hour = FirstHour; hour <= LastHour; hour++)
        {
            DemoAnswer? answer = row.FirstOrDefault(one => one.Contact.At.Hour == hour);
            if (answer is null)
            {
                line.Append("·  ", Faint);
                continue;
            }

            Mark mark = Mark.Of(answer);
            line.Append($"{LetterOf(answer.Contact.Channel)}{mark.Sign}", mark.Style);
            line.Append(" ");
        }

        int through = row.Count(static answer => answer.Fate is Fate.Through);
        line.Append(string.Create(CultureInfo.InvariantCulture, $" {through} of {row.Length}\n"), Faint);
        screen.Console.Write(line);
    }

    // It points at the hour, between two columns of it, from below.
    private static void DrawOptOut(Screen screen)
    {
        string said = "Ada texts STOP: no more marketing ";
        int column = LabelWidth + ((DemoWeek.OptOutAt.Hour - FirstHour) * HourWidth) + 1;
        string time = DemoWeek.OptOutAt.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
        int before = Math.Max(0, column - said.Length);
        Paragraph line = new();
        line.Append($"{new string(' ', before)}{said}▲ {time}\n", new Style(Color.Red, decoration: Decoration.Bold));
        screen.Console.Write(line);
    }

    public static char LetterOf(string channel) => char.ToUpperInvariant(channel[0]);
}
