using System.Globalization;
using System.Text;
using H2H.Throttle.Mutation.Faults;
using H2H.Throttle.Mutation.Trials;

namespace H2H.Throttle.Mutation.Reports;

/// <summary>What was found, as a table of files and a list of what stayed alive.</summary>
internal sealed class Report
{
    private const string Tab = "\t";

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly Dictionary<string, Finding> findings = [];

    /// <param name="folder">Where every finding is written down as soon as it is known.</param>
    /// <param name="faults">All that there are.</param>
    /// <param name="isContinued">What was written down before still holds.</param>
    public Report(string folder, IEnumerable<Fault> faults, bool isContinued)
    {
        this.folder = folder;
        Dictionary<string, Fault> byKey = faults.ToDictionary(static fault => fault.Key);
        if (!isContinued)
        {
            File.Delete(Log);
        }

        foreach (string line in File.Exists(Log) ? File.ReadAllLines(Log) : [])
        {
            if (line.Split(Tab) is [var outcome, var key, var by]
                && byKey.TryGetValue(key, out Fault? fault)
                && !IsKnown(fault))
            {
                findings[key] = new Finding(fault, Enum.Parse<Outcome>(outcome), by.Length > 0 ? by : null);
            }
        }
    }

    private string Log => Path.Combine(folder, "findings.tsv");

    /// <summary>Whether it was in this run.</summary>
    public bool IsCanaryNoticed { get; private set; }

    /// <summary>In Markdown.</summary>
    public string Table
    {
        get
        {
            Finding[] all = [.. findings.Values];
            StringBuilder table = new(
                "| file | faults | noticed | hung | by others alone | alive | not reached | score | of all tests |\n"
                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
            foreach (IGrouping<string, Finding> file in all.GroupBy(static one => one.Fault.File)
                .OrderBy(static file => file.Key, StringComparer.Ordinal))
            {
                table.Append(Row(file.Key, [.. file]));
            }

            return table.Append(Row("all", all)).ToString();
        }
    }

    /// <summary>May be called from any thread.</summary>
    public void Add(Finding finding)
    {
        lock (gate)
        {
            if (finding.Outcome is Outcome.Unreached && findings.ContainsKey(finding.Fault.Key))
            {
                return;   // other tests, which do not come to it: what was found stands
            }

            findings[finding.Fault.Key] = finding;
            IsCanaryNoticed |= finding is { Outcome: Outcome.Noticed, Fault.Key: Canary.Key };
            File.AppendAllText(Log, $"{finding.Outcome}{Tab}{finding.Fault.Key}{Tab}{finding.By}\n");
        }
    }

    /// <summary>Whether a test was seen to notice it.</summary>
    public bool IsKnown(Fault fault) =>
        findings.GetValueOrDefault(fault.Key)?.IsNoticed == true;

    public void Write()
    {
        File.WriteAllText(Path.Combine(folder, "table.md"), Table);
        File.WriteAllLines(
            Path.Combine(folder, "alive.txt"),
            from one in findings.Values
            where !one.IsNoticed
            orderby one.Fault.Number
            select $"{one.Outcome} {one.Fault.File}:{one.Fault.Line} {one.Fault.Was}  =>  {one.Fault.Becomes}");
    }

    private static string Row(string name, Finding[] found)
    {
        int elsewhere = found.Count(static one => one.IsNoticedElsewhere);
        int noticed = found.Count(static one => one is { Outcome: Outcome.Noticed, IsNoticedElsewhere: false });
        int hung = found.Count(static one => one is { Outcome: Outcome.Hung, IsNoticedElsewhere: false });
        int alive = found.Count(static one => one.Outcome is Outcome.Alive);
        int unreached = found.Count(static one => one.Outcome is Outcome.Unreached);
        double score = 100.0 * (noticed + hung) / found.Length;
        double scoreOfAll = 100.0 * (noticed + hung + elsewhere) / found.Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {found.Length} | {noticed} | {hung} | {elsewhere} | {alive} | {unreached} | {score:F0} % "
            + $"| {scoreOfAll:F0} % |\n");
    }
}
