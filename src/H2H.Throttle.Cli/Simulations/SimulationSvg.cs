using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using System.Text;
using H2H.Throttle.Engine.Simulations;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>A simulation as one picture in SVG, without anything from elsewhere.</summary>
internal sealed class SimulationSvg(SimulationReport report)
{
    private const int Width = 960;
    private const int Left = 40;
    private const int Half = 420;
    private const int RowsMax = 8;
    private const int RowHeight = 26;
    private const string AllowedColor = "#2f6fa7";
    private const string RefusedColor = "#c8402f";
    private const string BeforeColor = "#b4bcc6";
    private const string Ink = "#1d2733";
    private const string Faint = "#667380";

    private readonly StringBuilder body = new();
    private readonly Figures figures = new(report);
    private int y = 48;

    public string Draw()
    {
        DrawHead();
        DrawTiles();
        DrawWeeks();
        int top = y;
        int left = DrawRules(top);
        int right = DrawGroups("By channel", report.Channels, Left + Half + Left, top);
        if (report.Brands.Any(static brand => brand.Name.Length > 0))
        {
            right = DrawGroups("By brand", report.Brands, Left + Half + Left, right);
        }

        y = Math.Max(left, right) + 12;
        DrawDistribution("Contacts per person", report.PerPerson);
        DrawDistribution("Contacts per person in their busiest week", report.PerBusiestWeek);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {y}\" width=\"{Width}\" height=\"{y}\" ")
            + "role=\"img\" font-family=\"Helvetica, Arial, sans-serif\">\n"
            + $"<title>What {Escape(report.Candidate)} would have done</title>\n"
            + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
            + body + "</svg>\n";
    }

    private void DrawHead()
    {
        Text(Left, y, $"What {report.Candidate} would have done", 24, Ink, "bold");
        y += 26;
        Text(Left, y, $"{figures.Span}, held against {report.Baseline}", 14, Faint);
        if (figures.IsSample)
        {
            y += 20;
            Text(Left, y, $"From {figures.Sample}.", 14, Faint);
        }

        y += 24;
    }

    private void DrawTiles()
    {
        (string Number, string What, string Color)[] tiles =
        [
            (figures.Of(report.Contacts), "contacts looked at", Ink),
            ($"{figures.Of(report.Refused)}{figures.Margin(report.RefusedMargin)}",
                $"would be refused, {Figures.Share(report.Refused, report.Contacts)}", RefusedColor),
            (figures.Of(report.NewlyRefused), "of them newly refused", RefusedColor),
            ($"{figures.Of(report.PeopleAffected)}{figures.Margin(report.PeopleAffectedMargin)}",
                $"people affected, {Figures.Share(report.PeopleAffected, report.PeopleContacted)}",
                AllowedColor),
        ];
        int width = (Width - (2 * Left) - 36) / tiles.Length;
        for (int i = 0; i < tiles.Length; i++)
        {
            int x = Left + (i * (width + 12));
            body.Append(Invariant(
                $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"72\" rx=\"6\" fill=\"#f3f5f7\"/>\n"));
            Text(x + 14, y + 34, tiles[i].Number, 22, tiles[i].Color, "bold");
            Text(x + 14, y + 56, tiles[i].What, 12, Faint);
        }

        y += 108;
    }

    private void DrawWeeks()
    {
        if (report.Weeks.IsEmpty)
        {
            return;
        }

        const int Height = 120;
        Text(Left, y, "By week", 16, Ink, "bold");
        Legend(Left + 110, y, ("allowed", AllowedColor), ("refused", RefusedColor));
        y += 16;
        long most = report.Weeks.Max(static week => week.Contacts);
        int[] places = PlacesOf(report.Weeks);
        double step = (double)(Width - (2 * Left)) / Math.Max(places[^1] + 1, 6);
        double labelled = Left;
        for (int i = 0; i < report.Weeks.Length; i++)
        {
            SimulatedGroup week = report.Weeks[i];
            double x = Left + (places[i] * step);
            double whole = (double)Height * week.Contacts / most;
            double refused = (double)Height * week.Refused / most;
            Bar(x, y + Height - whole, step * 0.8, whole - refused, AllowedColor);
            Bar(x, y + Height - refused, step * 0.8, refused, RefusedColor);
            if (x >= labelled && x < Width - Left - 60)
            {
                Text(x, y + Height + 16, week.Name, 11, Faint);
                labelled = x + 76;
            }
        }

        y += Height + 52;
    }

    /// <summary>How many weeks each is after the first; a name that is no week comes after all.</summary>
    private static int[] PlacesOf(ImmutableArray<SimulatedGroup> weeks)
    {
        int last = -1;
        LocalDate? first = null;
        return
        [
            .. weeks.Select(week =>
            {
                LocalDate? day = LocalDatePattern.Iso.Parse(week.Name) is { Success: true, Value: var date }
                    ? date
                    : null;
                first ??= day;
                return last = day is { } known ? Period.DaysBetween(first!.Value, known) / 7 : last + 1;
            }),
        ];
    }

    private int DrawRules(int top)
    {
        Text(Left, top, "By rule", 16, Ink, "bold");
        if (report.Rules.IsEmpty)
        {
            Text(Left, top + 26, "No contact breaks any rule.", 13, Faint);
            return top + 60;
        }

        long most = report.Rules.Max(static rule => rule.Contacts);
        int at = top + 12;
        foreach (SimulatedRule rule in report.Rules.Take(RowsMax))
        {
            bool denies = rule.Effect is Core.Rules.Effect.Deny;
            Row(Left, at, rule.Rule, [(rule.Contacts, denies ? RefusedColor : BeforeColor)], most,
                denies ? figures.Of(rule.Contacts) : $"{figures.Of(rule.Contacts)}, denies nothing");
            at += RowHeight;
        }

        return More(Left, at, report.Rules.Length);
    }

    private int DrawGroups(string title, ImmutableArray<SimulatedGroup> groups, int x, int top)
    {
        if (groups.IsEmpty)
        {
            return top;
        }

        Text(x, top, title, 16, Ink, "bold");
        Legend(x + 110, top, ("allowed", AllowedColor), ("refused", RefusedColor));
        long most = groups.Max(static group => group.Contacts);
        int at = top + 12;
        foreach (SimulatedGroup group in groups.Take(RowsMax))
        {
            Row(x, at, Figures.NameOf(group),
                [(group.Contacts - group.Refused, AllowedColor), (group.Refused, RefusedColor)], most,
                $"{figures.Of(group.Contacts)}, {Figures.Share(group.Refused, group.Contacts)}");
            at += RowHeight;
        }

        return More(x, at, groups.Length);
    }

    private void DrawDistribution(string title, ImmutableArray<SimulatedBar> bars)
    {
        if (bars.IsEmpty)
        {
            return;
        }

        const int Height = 130;
        Text(Left, y, title, 16, Ink, "bold");
        Legend(Left + 30 + (title.Length * 9), y, ("people before", BeforeColor), ("people after", AllowedColor));
        y += 30;
        long most = bars.Max(static bar => Math.Max(bar.Before, bar.After));
        double step = (double)(Width - (2 * Left)) / Math.Max(bars.Length, 8);
        for (int i = 0; i < bars.Length; i++)
        {
            double x = Left + (i * step);
            double before = (double)Height * bars[i].Before / most;
            double after = (double)Height * bars[i].After / most;
            Bar(x, y + Height - before, step * 0.38, before, BeforeColor);
            Bar(x + (step * 0.4), y + Height - after, step * 0.38, after, AllowedColor);
            if (step >= 45)
            {
                Label(x + (step * 0.19), y + Height - before - 4, bars[i].Before);
                Label(x + (step * 0.59), y + Height - after - 4, bars[i].After);
            }

            Text(x + (step * 0.39), y + Height + 16, Figures.LabelOf(bars[i]), 12, Faint, anchor: "middle");
        }

        y += Height + 52;
    }

    private void Row(int x, int top, string name, (long Count, string Color)[] parts, long most, string numbers)
    {
        const int Label = 150;
        const int Room = 165;
        Text(x, top + 17, name.Length <= 22 ? name : $"{name[..21]}…", 12, Ink);
        double at = x + Label;
        foreach ((long count, string color) in parts)
        {
            double width = (double)Room * count / most;
            Bar(at, top + 5, width, 16, color);
            at += width;
        }

        Text(at + 6, top + 17, numbers, 12, Faint);
    }

    private int More(int x, int at, int count)
    {
        if (count > RowsMax)
        {
            Text(x, at + 14, string.Create(CultureInfo.InvariantCulture, $"… and {count - RowsMax} more"), 12, Faint);
            at += 20;
        }

        return at + 36;
    }

    private void Legend(int x, int at, params (string What, string Color)[] entries)
    {
        foreach ((string what, string color) in entries)
        {
            Bar(x, at - 10, 10, 10, color);
            Text(x + 15, at, what, 12, Faint);
            x += 35 + (what.Length * 7);
        }
    }

    private void Label(double x, double at, long people)
    {
        if (people > 0)
        {
            Text(x, at, figures.Brief(people), 10, Faint, anchor: "middle");
        }
    }

    private void Bar(double x, double top, double width, double height, string color)
    {
        if (width > 0 && height > 0)
        {
            body.Append(Invariant($"<rect x=\"{x:0.#}\" y=\"{top:0.#}\" width=\"{width:0.#}\" "))
                .Append(Invariant($"height=\"{height:0.#}\" fill=\"{color}\"/>\n"));
        }
    }

    private void Text(
        double x, double at, string text, int size, string color, string weight = "normal", string anchor = "start") =>
        body.Append(Invariant(
            $"<text x=\"{x:0.#}\" y=\"{at:0.#}\" font-size=\"{size}\" fill=\"{color}\" font-weight=\"{weight}\" "))
            .Append(CultureInfo.InvariantCulture, $"text-anchor=\"{anchor}\">{Escape(text)}</text>\n");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string? Escape(string text) => SecurityElement.Escape(text);
}
