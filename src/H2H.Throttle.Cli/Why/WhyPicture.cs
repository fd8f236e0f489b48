using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using NodaTime;
using Spectre.Console;

namespace H2H.Throttle.Cli.Why;

/// <summary>
/// The ledger on a time line, and below it what each rule makes of it: its window, the contacts that count in it, and
/// when it denies.
/// </summary>
internal sealed class WhyPicture
{
    public const int WidthMin = 60;
    public const int WidthMax = 200;

    private const double Margin = 0.01;
    private const char Line = '─';
    private const char Counted = '●';
    private const char Denied = '▒';
    private const char OpenSign = '━';
    private const char Asked = '│';

    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Mild = new(Color.Yellow);

    private readonly ExplainResponse answer;
    private readonly DateTimeZone zone;
    private readonly TimeAxis axis;
    private readonly ChannelLetters letters;
    private readonly int labelWidth;
    private readonly int asked;

    /// <param name="answer">What to draw.</param>
    /// <param name="zone">Whose clock the axis shows.</param>
    /// <param name="width">In columns: <see cref="WidthMin"/> to <see cref="WidthMax"/>.</param>
    public WhyPicture(ExplainResponse answer, DateTimeZone zone, int width)
    {
        this.answer = answer;
        this.zone = zone;
        labelWidth = Math.Clamp(width / 3, 22, 36);
        Instant start = Moments.Read(answer.Explanation.Horizon.Start);
        Instant end = Moments.Read(answer.Explanation.Horizon.End);
        NodaTime.Duration margin = (end - start) * Margin;
        axis = new TimeAxis(start - margin, end + margin, width - labelWidth);
        letters = new ChannelLetters(answer.Explanation.Contacts.Select(static contact => contact.Contact.Channel));
        asked = ColumnOf(answer.Decision.EvaluatedAt);
    }

    public void Draw(Screen screen)
    {
        DrawAxis(screen.Console);
        DrawContacts(screen.Console);
        foreach (RuleFinding finding in answer.Explanation.Rules.Where(IsDrawn))
        {
            DrawRule(screen.Console, finding);
        }

        DrawOpen(screen.Console);
        DrawLegend(screen);
    }

    /// <summary>
    /// Whether it has a row: it judges the contact, and is not just an opt-out or a snooze that is not there.
    /// </summary>
    public static bool IsDrawn(RuleFinding finding) =>
        finding.Standing is RuleStanding.Governs
        && (finding.Violated || !finding.AlwaysInForce || finding.HasUsed);

    private void DrawAxis(IAnsiConsole console)
    {
        PictureRow labels = Row();
        PictureRow line = Row();
        line.Fill(0, axis.Width - 1, Line, Faint);
        int free = 0;
        foreach ((int column, string label) in Ticks.On(axis, zone))
        {
            line.Put(column, '┬', Faint);
            if (column >= free && column + label.Length <= axis.Width)
            {
                for (int i = 0; i < label.Length; i++)
                {
                    labels.Put(column + i, label[i], Faint);
                }

                free = column + label.Length + 1;
            }
        }

        line.Put(asked, '▼', Strong);
        labels.Draw(console, "", Faint);
        line.Draw(console, "", Faint);
    }

    private void DrawContacts(IAnsiConsole console)
    {
        ImmutableHashSet<string> counting =
        [
            .. answer.Explanation.Rules.SelectMany(static rule => rule.Counted).Select(static one => one.ContactId),
        ];
        PictureRow row = Row();
        row.Put(asked, Asked, Strong);
        foreach (IGrouping<int, LedgerContact> place in answer.Explanation.Contacts
            .GroupBy(contact => ColumnOf(contact.At)))
        {
            LedgerContact one = place.FirstOrDefault(contact => counting.Contains(contact.ContactId)) ?? place.First();
            bool counts = counting.Contains(one.ContactId);
            row.Put(place.Key, SignOf([.. place], one), counts ? Strong : Faint);
        }

        int count = answer.Explanation.Contacts.Count;
        row.Draw(console, "contacts", Strong, count.ToString(CultureInfo.InvariantCulture));
    }

    private char SignOf(LedgerContact[] place, LedgerContact one) => place.Length switch
    {
        > 9 => '+',
        > 1 => (char)('0' + place.Length),
        _ when one.State is ContactState.Released => '×',
        _ => letters.Of(one.Contact.Channel),
    };

    private void DrawRule(IAnsiConsole console, RuleFinding finding)
    {
        PictureRow row = Row();
        Style style = StyleOf(finding);
        DrawWindow(row, finding);
        foreach (Span closed in finding.Closed)
        {
            int first = ColumnOf(closed.Start);
            row.Fill(first, Math.Max(first, ColumnOf(closed.End) - 1), Denied, finding.Violated ? style : Faint);
        }

        row.Put(asked, Asked, Strong);
        foreach (CountedContact contact in finding.Counted)
        {
            row.Put(ColumnOf(contact.At), Counted, style);
        }

        row.Draw(console, $"{SignOf(finding)} {finding.Rule}", style, NumberOf(finding));
    }

    private void DrawWindow(PictureRow row, RuleFinding finding)
    {
        if (finding.WindowStart is null && finding.WindowEnd is null)
        {
            if (finding.HasUsed)
            {
                row.Fill(0, axis.Width - 1, Line, Faint);
            }

            return;
        }

        int first = finding.WindowStart is { } start ? ColumnOf(start) : -1;
        int last = finding.WindowEnd is { } end ? Math.Max(first, ColumnOf(end)) : axis.Width;
        row.Fill(first, last, Line, Faint);
        row.Put(first, '├', Faint);
        row.Put(last, '┤', Faint);
    }

    private void DrawOpen(IAnsiConsole console)
    {
        PictureRow row = Row();
        row.Put(asked, Asked, Strong);
        foreach (Span open in answer.Explanation.Open)
        {
            int first = ColumnOf(open.Start);
            row.Fill(first, Math.Max(first, ColumnOf(open.End) - 1), OpenSign, Good);
        }

        row.Draw(console, "all together", Strong);
    }

    /// <summary>What is drawn in the place of a channel's letter, if anything is.</summary>
    private IEnumerable<string> SignsBesides()
    {
        ILookup<int, LedgerContact> places =
            answer.Explanation.Contacts.ToLookup(contact => ColumnOf(contact.At));
        if (places.Any(static place => place.Count() == 1 && place.First().State is ContactState.Released))
        {
            yield return "× released";
        }

        if (places.Any(static place => place.Count() > 1))
        {
            yield return "2 two at once, and so on";
        }
    }

    private void DrawLegend(Screen screen)
    {
        string channels = string.Join(
            "  ", letters.Channels.Select(channel => $"{letters.Of(channel)} {channel}").Concat(SignsBesides()));
        string indent = new(' ', labelWidth);
        screen.Line($"[dim]{indent}▼ asked about   {Counted} counts   {Denied} denies   {OpenSign} open[/]");
        if (channels.Length > 0)
        {
            screen.Line($"[dim]{indent}{channels}[/]");
        }
    }

    private static string NumberOf(RuleFinding finding) => finding switch
    {
        { HasUsed: true, HasLimit: true } => string.Create(
            CultureInfo.InvariantCulture, $"{finding.Used}/{finding.Limit}"),
        { HasUsed: true, Kind: "cap" } => finding.Used.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    public static char SignOf(RuleFinding finding) => finding switch
    {
        { Violated: false } => '✓',
        { Effect: RuleEffect.Deny } => '✗',
        _ => '!',
    };

    public static Style StyleOf(RuleFinding finding) => finding switch
    {
        { Violated: false } => Good,
        { Effect: RuleEffect.Deny } => Bad,
        _ => Mild,
    };

    private PictureRow Row() => new(labelWidth, axis.Width);

    private int ColumnOf(Timestamp at) => axis.ColumnOf(Moments.Read(at));
}
