using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Contacts;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>A command that asks about everybody in an audience.</summary>
internal abstract class CampaignCommand : AskingCommand
{
    private readonly Argument<string> audience = new("audience")
    {
        Description = "CSV: an id on each line, or columns with their names in the first line: "
            + $"{AudienceColumns.Help}. - reads standard input.",
    };

    private readonly AudienceOptions usual = new();

    private readonly Option<string> output = Texts.Option(
        "--out", "file", "Where verdicts go: CSV, or JSON on each line if it ends in .jsonl. Otherwise beside the "
            + "audience, AUDIENCE.verdicts.csv. Repeat the command with the same file to go on.");

    private readonly Option<string> run = Texts.Option(
        "--run", "name", "The run's name: with the line it makes a request id. Otherwise it is made of the audience "
            + "and of what is asked about it.");

    private readonly Option<bool> ignoreOthers = new("--ignore-other-columns")
    {
        Description = "Leave out columns whose names are not known.",
    };

    private readonly Option<string> overrideReason = Overrides.Option();
    private readonly Option<Timestamp?> at = Moments.At();
    private readonly Option<Duration?> patience = Spans.Option(
        "--patience", "How long to go on when no server answers, such as while it is restarted. Default 60s.");

    protected CampaignCommand(string name, string description)
        : base(name, description)
    {
        Add(audience);
        usual.AddTo(this);
        Add(output);
        Add(run);
        Add(ignoreOthers);
        Add(overrideReason);
        Add(at);
        Add(patience);
    }

    /// <summary>How long reservations live; null: the default, or there are none.</summary>
    protected abstract Google.Protobuf.WellKnownTypes.Duration? TimeToLive(ParseResult parsed);

    protected abstract IVerdictStream Open(ThrottleClient client, CampaignPlan plan, CancellationToken cancellation);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        using AudienceFile file = await AudienceFile.OpenAsync(with.Parsed.GetRequiredValue(audience), cancellation);
        CampaignPlan plan = PlanFor(with.Parsed, file);
        string path = OutputFor(with.Parsed);
        DoneLines done = new();
        CampaignTally tally = new();
        await using VerdictFile verdicts = await VerdictFile.OpenAsync(path, plan.Run, done, tally);
        TimeSpan patient = (with.Parsed.GetValue(patience) ?? Duration.FromMinutes(1)).ToTimeSpan();
        Campaign campaign = new(ending => Open(with.Client, plan, ending), plan, verdicts, tally, patient);
        long started = TimeProvider.System.GetTimestamp();
        bool isComplete = false;
        try
        {
            Task asking = campaign.RunAsync(
                file.Read(plan.Usual, plan.IgnoresOthers).Where(line => !done.Has(line)), cancellation);
            await new CampaignProgress(file.Lines, tally, campaign).WatchAsync(asking);
            isComplete = true;
        }
        finally
        {
            if (isComplete || tally.Done > 0)   // else there is nothing to go on with, only what went wrong
            {
                Report(with, new CampaignReport(
                    plan.Run,
                    path,
                    isComplete,
                    tally.Done,
                    tally.Known,
                    tally.Allowed,
                    new Dictionary<string, long>(tally.Denials),
                    new Dictionary<string, long>(tally.Errors),
                    campaign.Resumed,
                    TimeProvider.System.GetElapsedTime(started).TotalSeconds));
            }
        }

        return tally.Errors.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private CampaignPlan PlanFor(ParseResult parsed, AudienceFile file)
    {
        Contact contact = usual.Read(parsed);
        string reason = parsed.GetRequiredValue(overrideReason);
        string name = parsed.GetRequiredValue(run);
        if (name.Length == 0)
        {
            name = CampaignPlan.NameOf(
                file.Id ?? throw new UnusableException(
                    "Give a name with --run: what is read from a pipe has none of its own."),
                Name,
                contact,
                TimeToLive(parsed),
                reason);
        }

        return new CampaignPlan(name, contact, parsed.GetValue(ignoreOthers))
        {
            TimeToLive = TimeToLive(parsed),
            At = parsed.GetValue(at),
            OverrideReason = reason,
        };
    }

    private string OutputFor(ParseResult parsed)
    {
        if (parsed.GetRequiredValue(output) is { Length: > 0 } given)
        {
            return given;
        }

        string source = parsed.GetRequiredValue(audience);
        return source == AudienceFile.StandardInput
            ? throw new UnusableException("Say where the verdicts go, with --out.")
            : Path.ChangeExtension(source, ".verdicts.csv");
    }

    private static void Report(Conversation with, CampaignReport report)
    {
        if (with.IsJson)
        {
            Screen.Out.PrintJson(report);
        }
        else
        {
            report.Show(Screen.Out);
        }
    }
}
