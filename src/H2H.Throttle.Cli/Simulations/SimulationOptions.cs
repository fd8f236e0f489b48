using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>What of the past a simulation looks at, and where its picture goes.</summary>
internal sealed class SimulationOptions
{
    private readonly Option<double?> sample = new("--sample")
    {
        Description = "How much of all people to look at, such as 1%; otherwise everybody. The same people each time.",
        HelpName = "percent",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out double percent) && percent is > 0 and <= 100)
            {
                return percent;
            }

            result.AddError($"'{text}' is no share of people. Write one above 0 % and at most 100 %, such as 1%.");
            return null;
        },
    };

    private readonly Option<Timestamp?> from = Moments.Option("--from", "Contacts before count as past alone.");
    private readonly Option<Timestamp?> until = Moments.Option("--until", "Contacts from then on are not told of.");
    private readonly Option<string?> svg = new("--svg")
    {
        Description = "Write the picture as an SVG file.", HelpName = "file",
    };

    private readonly Option<string?> html = new("--html")
    {
        Description = "Write a page with the picture and all numbers, in one file that can be mailed.",
        HelpName = "file",
    };

    public void AddTo(Command command)
    {
        System.CommandLine.Option[] all = [sample, from, until, svg, html];
        foreach (System.CommandLine.Option option in all)
        {
            command.Add(option);
        }
    }

    public SimulationPlan Plan(ParseResult parsed, Core.Policies.Policy candidate) => new(candidate)
    {
        Sample = (parsed.GetValue(sample) ?? 100) / 100,
        From = parsed.GetValue(from) is { } start ? Moments.Read(start) : null,
        Until = parsed.GetValue(until) is { } end ? Moments.Read(end) : null,
    };

    /// <exception cref="ThrottleException">The server refuses, or goes away.</exception>
    public async Task<SimulationReport> OnServerAsync(
        Conversation with, string document, CancellationToken cancellation)
    {
        SimulatePolicyRequest request = new()
        {
            Document = document, From = with.Parsed.GetValue(from), Until = with.Parsed.GetValue(until),
        };
        if (with.Parsed.GetValue(sample) is { } percent)
        {
            request.SamplePercent = percent;
        }

        Wire.SimulationProgress progress = new();
        return await SimulationProgressBar.WatchAsync(
            ReceiveAsync(with, request, step => progress = step, cancellation),
            () => (progress.People, progress.Contacts, progress.Refused, progress.Percent / 100));
    }

    /// <exception cref="UnusableException">A file cannot be written.</exception>
    public async Task ShowAsync(Conversation with, SimulationReport report, CancellationToken cancellation)
    {
        if (with.IsJson)
        {
            Screen.Out.PrintJson(ReportJson.Of(report));
        }
        else
        {
            new SimulationView(Screen.Out, report).Show();
        }

        await WriteAsync(with.Parsed.GetValue(svg), () => new SimulationSvg(report).Draw(), cancellation);
        await WriteAsync(with.Parsed.GetValue(html), () => SimulationHtml.Of(report), cancellation);
    }

    private static async Task<SimulationReport> ReceiveAsync(
        Conversation with,
        SimulatePolicyRequest request,
        Action<Wire.SimulationProgress> tell,
        CancellationToken cancellation)
    {
        // Its length is the store's, not the timeout's: while it comes, it comes every second.
        using AsyncServerStreamingCall<SimulatePolicyResponse> call =
            with.Client.Policies.SimulatePolicy(request, cancellationToken: cancellation);
        await foreach (SimulatePolicyResponse step in call.ResponseStream.ReadAllAsync(cancellation))
        {
            if (step.StepCase is SimulatePolicyResponse.StepOneofCase.Simulation)
            {
                return ReportRead.From(step.Simulation);
            }

            tell(step.Progress);
        }

        throw new UnusableException("The server ended the simulation without a result.");
    }

    private static async Task WriteAsync(string? path, Func<string> draw, CancellationToken cancellation)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            await File.WriteAllTextAsync(path, draw(), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be written: {error.Message}", error);
        }

        Screen.Error.Line($"[dim]The picture is in {path}.[/]");
    }
}
