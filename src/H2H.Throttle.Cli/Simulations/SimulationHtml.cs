using System.Collections.Immutable;
using System.Net;
using System.Text;
using H2H.Throttle.Engine.Simulations;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>A simulation as one page with its picture and its numbers, without anything from elsewhere.</summary>
internal static class SimulationHtml
{
    private const string Style = """
        body { font: 15px/1.5 Helvetica, Arial, sans-serif; color: #1d2733; max-width: 960px; margin: 24px auto; }
        svg { max-width: 100%; height: auto; }
        table { border-collapse: collapse; margin: 8px 0 24px; }
        th, td { text-align: right; padding: 3px 14px; border-bottom: 1px solid #e3e7eb; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        th { font-weight: normal; color: #667380; }
        li { color: #46525e; }
        """;

    public static string Of(SimulationReport report)
    {
        Figures figures = new(report);
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        page.Append($"<title>What {Escape(report.Candidate)} would have done</title>\n");
        page.Append($"<style>\n{Style}\n</style></head>\n");
        page.Append("<body>\n").Append(new SimulationSvg(report).Draw());
        page.Append("<h2>What the numbers leave open</h2>\n<ul>\n");
        foreach (string limit in report.Limits)
        {
            page.Append($"<li>{Escape(limit)}</li>\n");
        }

        page.Append("</ul>\n<h2>All numbers</h2>\n");
        AddRules(page, report, figures);
        AddGroups(page, "Channel", report.Channels, figures);
        AddGroups(page, "Brand", report.Brands, figures);
        AddGroups(page, "Purpose", report.Purposes, figures);
        AddGroups(page, "Week from", report.Weeks, figures);
        AddBars(page, "Contacts per person", report.PerPerson, figures);
        AddBars(page, "Contacts in the busiest week", report.PerBusiestWeek, figures);
        return page.Append("</body></html>\n").ToString();
    }

    private static void AddRules(StringBuilder page, SimulationReport report, Figures figures) => AddTable(
        page,
        ["Rule", "contacts that break it", "no other rule", "people", "effect"],
        report.Rules.Select(rule => (string[])
        [
            rule.Rule,
            figures.Of(rule.Contacts),
            figures.Of(rule.Alone),
            figures.Of(rule.People),
            rule.Effect.ToString().ToLowerInvariant(),
        ]));

    private static void AddGroups(
        StringBuilder page, string title, ImmutableArray<SimulatedGroup> groups, Figures figures) => AddTable(
        page,
        [title, "contacts", "refused", "newly refused", "newly allowed", "share refused"],
        groups.Select(group => (string[])
        [
            Figures.NameOf(group),
            figures.Of(group.Contacts),
            figures.Of(group.Refused),
            figures.Of(group.NewlyRefused),
            figures.Of(group.NewlyAllowed),
            Figures.Share(group.Refused, group.Contacts),
        ]));

    private static void AddBars(
        StringBuilder page, string title, ImmutableArray<SimulatedBar> bars, Figures figures) => AddTable(
        page,
        [title, "people before", "people after"],
        bars.Select(bar => (string[])
            [Figures.LabelOf(bar), figures.Of(bar.Before), figures.Of(bar.After)]));

    private static void AddTable(StringBuilder page, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append($"<table><tr>{string.Concat(heads.Select(static head => $"<th>{Escape(head)}</th>"))}</tr>\n");
        foreach (string[] row in rows)
        {
            page.Append($"<tr>{string.Concat(row.Select(static cell => $"<td>{Escape(cell)}</td>"))}</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
