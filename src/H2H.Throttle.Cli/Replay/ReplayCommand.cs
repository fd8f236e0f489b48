using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Policies;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Cli.Replay;

/// <summary><c>h2h replay</c></summary>
internal sealed class ReplayCommand : AskingCommand
{
    private readonly Argument<string> file = new("file")
    {
        Description = "CSV with the columns client, last_contact_date, attempts_this_campaign, last_call_seconds and "
            + "subscribed.",
    };

    private readonly Option<string?> policy = new("--policy")
    {
        Description = "The policy document to publish first; otherwise one with a cap on calls per campaign.",
        HelpName = "file",
    };

    private readonly Option<int?> cap = new("--cap")
    {
        Description = $"How many calls per campaign, if no other policy is given. Default {ReplayPolicy.CapDefault}.",
        HelpName = "number",
    };

    private readonly Option<bool> keepPolicy = new("--keep-policy") { Description = "Publish nothing." };
    private readonly Option<string> channel = new("--channel")
    {
        Description = "The channel of the calls.", DefaultValueFactory = static _ => "phone",
    };

    private readonly Option<string> purpose = new("--purpose")
    {
        Description = "Their purpose.", DefaultValueFactory = static _ => "marketing",
    };

    private readonly Option<string?> run = new("--run")
    {
        Description = "The run's name; people are called CLIENT@RUN. Otherwise it is made of the file and the policy.",
        HelpName = "name",
    };

    private readonly Option<int> parallel = new("--parallel")
    {
        Description = "How many clients' calls are under way at once.",
        HelpName = "number",
        DefaultValueFactory = static _ => 128,
    };

    private readonly Option<Duration?> patience = Spans.Option(
        "--patience", "How long to go on when no server answers, such as while it is restarted. Default 60s.");

    public ReplayCommand()
        : base("replay", "Send a history of calls through a server and see which of them would have been refused.")
    {
        Add(file);
        System.CommandLine.Option[] options =
            [policy, cap, keepPolicy, channel, purpose, run, parallel, patience];
        foreach (System.CommandLine.Option option in options)
        {
            Add(option);
        }

        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1024)
            {
                result.AddError("--parallel must be 1 to 1024.");
            }
        });
        cap.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--cap must be 1 or more.");
            }
        });
        Validators.Add(result =>
        {
            bool[] given =
            [
                result.GetValue(policy) is not null, result.GetValue(cap) is not null, result.GetValue(keepPolicy),
            ];
            if (given.Count(static one => one) > 1)
            {
                result.AddError("Give one of --policy, --cap and --keep-policy.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        HistoryFile histories = await HistoryFile.ReadAsync(with.Parsed.GetRequiredValue(file), cancellation);
        await ReplayStage.RequireTrustAsync(with, histories.Histories.Min(static one => one.Times()[0]), cancellation);
        Policy inForce = await PutInForceAsync(with, cancellation);
        ReplayPlan plan = new(
            with.Parsed.GetValue(run),
            histories,
            inForce.Document,
            with.Parsed.GetRequiredValue(channel),
            with.Parsed.GetRequiredValue(purpose));

        TimeProvider clock = TimeProvider.System;
        TimeSpan patient = (with.Parsed.GetValue(patience) ?? Duration.FromMinutes(1)).ToTimeSpan();
        PatientCalls calls = new(with, patient, clock);
        ReplayTally tally = new();
        Replayer replayer = new(plan, with.Client, calls, tally, inForce.Version);
        long started = clock.GetTimestamp();
        try
        {
            await new ReplayProgress(plan.CallsTotal, tally, calls).WatchAsync(
                replayer.ReplayAsync(with.Parsed.GetRequiredValue(parallel), cancellation));
        }
        finally
        {
            Report(with, plan, inForce, tally, calls, clock.GetElapsedTime(started));
        }

        return ExitCode.Done;
    }

    private async Task<Policy> PutInForceAsync(Conversation with, CancellationToken cancellation)
    {
        if (with.Parsed.GetValue(keepPolicy))
        {
            return await ReplayStage.InForceAsync(with, cancellation);
        }

        string document = with.Parsed.GetValue(policy) is { } path
            ? await DocumentFile.ReadAsync(path, cancellation)
            : ReplayPolicy.DocumentFor(with.Parsed.GetValue(cap) ?? ReplayPolicy.CapDefault);
        return await ReplayStage.PublishAsync(with, document, cancellation);
    }

    private static void Report(
        Conversation with, ReplayPlan plan, Policy inForce, ReplayTally tally, PatientCalls calls, TimeSpan took)
    {
        ReplayReport report = new(
            plan.Campaign,
            plan.Run,
            inForce.Name,
            inForce.Version,
            tally.Done == plan.CallsTotal,
            plan.Histories.Length,
            plan.CallsTotal,
            tally.Made,
            tally.Refused,
            tally.Known,
            plan.SalesTotal,
            tally.SalesTouched,
            calls.Answered,
            calls.Repeated,
            took.TotalSeconds);
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
