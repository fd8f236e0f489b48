using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Simulations;
using Spectre.Console;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>A simulation as a picture of 80 columns.</summary>
internal sealed class SimulationView(Screen screen, SimulationReport report)
{
    /// <summary>The most rows of a group; of more the rest is one row.</summary>
    private const int RowsMax = 12;

    private const int TimesMax = 36;
    private const int LabelWidth = 26;
    private const int BarWidth = 24;

    private static readonly Style Allowed = new(Color.SteelBlue1);
    private static readonly Style Refused = new(Color.Red);
    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    private readonly Figures figures = new(report);

    public void Show()
    {
        ShowHead();
        ShowRules();
        ShowGroups("By channel", report.Channels);
        ShowGroups("By brand", report.Brands);
        ShowGroups("By purpose", report.Purposes);
        ShowTimes();
        ShowBars("Contacts per person", report.PerPerson);
        ShowBars("Contacts per person in their busiest week", report.PerBusiestWeek);
        ShowLimits();
    }

    private void ShowHead()
    {
        screen.Line($"[bold]What {report.Candidate} would have done[/], {figures.Span}");
        screen.Line($"  held against  {report.Baseline}");
        if (figures.IsSample)
        {
            screen.Line($"  looked at     {figures.Sample}");
        }

        screen.Line();
        string refusedShare = $"{Figures.Share(report.Refused, report.Contacts)}{figures.ShareMargin}";
        screen.Line($"  contacts      {figures.Of(report.Contacts),12}");
        string allowedShare = Figures.Share(report.Allowed, report.Contacts);
        screen.Line($"  allowed       {figures.Of(report.Allowed),12}  {allowedShare}");
        string refused = $"{figures.Of(report.Refused),12}{figures.Margin(report.RefusedMargin)}";
        screen.Line($"  [bold]refused[/]       {refused}  {refusedShare}");
        screen.Line($"    newly       {figures.Of(report.NewlyRefused),12}  would have been allowed");
        if (report.NewlyAllowed > 0)
        {
            screen.Line($"  newly allowed {figures.Of(report.NewlyAllowed),12}  would have been refused");
        }

        screen.Line($"  people        {figures.Of(report.PeopleContacted),12}  were contacted");
        string affected = $"{figures.Of(report.PeopleAffected),12}{figures.Margin(report.PeopleAffectedMargin)}";
        string affectedShare = Figures.Share(report.PeopleAffected, report.PeopleContacted);
        screen.Line($"  [bold]affected[/]      {affected}  {affectedShare} of them");
    }

    private void ShowRules()
    {
        Head("By rule", "contacts", "alone", "people");
        if (report.Rules.IsEmpty)
        {
            screen.Line($"  [green]No contact breaks any rule.[/]");
        }

        long most = report.Rules.Select(static rule => rule.Contacts).DefaultIfEmpty().Max();
        foreach (SimulatedRule rule in report.Rules.Take(RowsMax))
        {
            string note = rule.Effect switch
            {
                Effect.Warn => "  warns",
                Effect.Observe => "  observes",
                _ => "",
            };
            Row(rule.Rule, [(rule.Contacts, rule.Effect is Effect.Deny ? Refused : Faint)], most,
                $"{figures.Of(rule.Contacts),9}{figures.Of(rule.Alone),9}{figures.Of(rule.People),9}{note}");
        }

        More(report.Rules.Length, "rules", RowsMax);
    }

    /// <summary>By week; where those are too many, by month, and then by year.</summary>
    private void ShowTimes()
    {
        const int DayLength = 10;
        const int MonthLength = 7;
        const int YearLength = 4;
        (string Title, int Length)[] units =
            [("By week", DayLength), ("By month", MonthLength), ("By year", YearLength)];
        foreach ((string title, int length) in units)
        {
            ImmutableArray<SimulatedGroup> merged = Merge(report.Weeks, length);
            if (merged.Length <= TimesMax || length == YearLength)
            {
                ShowGroups(title, merged, TimesMax);
                return;
            }
        }
    }

    /// <summary>Weeks whose first days begin alike, together.</summary>
    private static ImmutableArray<SimulatedGroup> Merge(ImmutableArray<SimulatedGroup> weeks, int length) =>
    [
        .. weeks
            .GroupBy(week => week.Name[..Math.Min(length, week.Name.Length)])
            .Select(static together => new SimulatedGroup(
                together.Key,
                together.Sum(static week => week.Contacts),
                together.Sum(static week => week.Refused),
                together.Sum(static week => week.NewlyRefused),
                together.Sum(static week => week.NewlyAllowed))),
    ];

    private void ShowGroups(string title, ImmutableArray<SimulatedGroup> groups, int rowsMax = RowsMax)
    {
        if (groups.IsEmpty || (groups.Length == 1 && groups[0].Name.Length == 0))
        {
            return;
        }

        Head(title, "contacts", "refused", "share");
        long most = groups.Max(static group => group.Contacts);
        foreach (SimulatedGroup group in groups.Take(rowsMax))
        {
            Row(
                Figures.NameOf(group),
                [(group.Contacts - group.Refused, Allowed), (group.Refused, Refused)],
                most,
                $"{figures.Of(group.Contacts),9}{figures.Of(group.Refused),9}"
                    + $"{Figures.Share(group.Refused, group.Contacts),9}");
        }

        More(groups.Length, "more", rowsMax);
    }

    private void ShowBars(string title, ImmutableArray<SimulatedBar> bars)
    {
        if (bars.IsEmpty)
        {
            return;
        }

        screen.Line();
        screen.Line($"[bold]{title}[/]");
        screen.Console.Write(new Text($"  {"",6}  {"before",-34}{"after",-30}\n", Faint));
        long most = bars.Max(static bar => Math.Max(bar.Before, bar.After));
        foreach (SimulatedBar bar in bars)
        {
            Paragraph line = new();
            line.Append($"  {Figures.LabelOf(bar),6}  ");
            Half(line, bar.Before, most, Faint, 34);
            Half(line, bar.After, most, Allowed, 0);
            line.Append("\n");
            screen.Console.Write(line);
        }
    }

    private void Half(Paragraph line, long people, long most, Style style, int width)
    {
        const int Bar = 20;
        int filled = Fill(people, most, Bar);
        string number = $" {figures.Of(people)}";
        line.Append(new string('█', filled), style);
        line.Append(people == 0 ? "" : number);
        int used = filled + (people == 0 ? 0 : number.Length);
        line.Append(new string(' ', Math.Max(0, width - used)));
    }

    private void ShowLimits()
    {
        screen.Line();
        screen.Line($"[bold]What the numbers leave open[/]");
        foreach (string limit in report.Limits)
        {
            string mark = "·";
            foreach (string line in screen.Wrap(limit, 4))
            {
                screen.Console.Write(new Text($"  {mark} {line}\n", Faint));
                mark = " ";
            }
        }
    }

    private void Head(string title, string first, string second, string third)
    {
        screen.Line();
        Paragraph line = new();
        line.Append(title.PadRight(LabelWidth + BarWidth), Strong);
        line.Append($"{first,9}{second,9}{third,9}\n", Faint);
        screen.Console.Write(line);
    }

    private void Row(string name, (long Count, Style Style)[] parts, long most, string numbers)
    {
        string label = name.Length <= LabelWidth - 3 ? name : $"{name[..(LabelWidth - 4)]}…";
        Paragraph line = new();
        line.Append($"  {label.PadRight(LabelWidth - 2)}");
        int whole = Fill(parts.Sum(static part => part.Count), most, BarWidth - 1);
        int left = whole;
        for (int i = 0; i < parts.Length; i++)
        {
            int filled = i == parts.Length - 1 ? left : Math.Min(left, Fill(parts[i].Count, most, BarWidth - 1));
            filled = i < parts.Length - 1 && parts[^1].Count > 0 && filled == whole ? whole - 1 : filled;
            line.Append(new string(i == 0 && parts.Length > 1 ? '█' : '▒', Math.Max(0, filled)), parts[i].Style);
            left -= Math.Max(0, filled);
        }

        line.Append(new string(' ', BarWidth - whole));
        line.Append($"{numbers}\n");
        screen.Console.Write(line);
    }

    private void More(int count, string what, int rowsMax)
    {
        if (count > rowsMax)
        {
            string more = string.Create(
                CultureInfo.InvariantCulture, $"  … and {count - rowsMax} {what}; --json has all\n");
            screen.Console.Write(new Text(more, Faint));
        }
    }

    /// <summary>At least one column where there is anything.</summary>
    private static int Fill(long count, long most, int width) =>
        count == 0 || most == 0 ? 0 : Math.Max(1, (int)Math.Round((double)count / most * width));
}
