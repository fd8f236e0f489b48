using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using Spectre.Console;

namespace H2H.Throttle.Cli.Demo;

/// <summary><c>h2h demo</c></summary>
internal sealed class DemoCommand : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Print every answer and the totals as JSON." };

    public DemoCommand()
        : base("demo", "See it: three brands pester one person for a week, on a server that is gone afterwards.")
    {
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            ImmutableArray<DemoAnswer> answers = await PlayAsync(cancellation);
            if (parsed.GetValue(json))
            {
                PrintJson(answers);
            }
            else
            {
                Show(Screen.Out, answers);
            }

            return ExitCode.Done;
        }
        catch (UnusableException error)
        {
            Complaint.Show(error);
            return ExitCode.Usage;
        }
        catch (Exception error) when (
            error is OperationCanceledException or ThrottleException && cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static async Task<ImmutableArray<DemoAnswer>> PlayAsync(CancellationToken cancellation)
    {
        Screen.Error.Line($"[dim]Starting a server on a temporary store …[/]");
        await using ServerProcess server = await ServerProcess.StartAsync(cancellation);
        using ThrottleClient client = new(server.Address);
        return await new DemoStory(client, cancellation).PlayAsync();
    }

    private static void Show(Screen screen, ImmutableArray<DemoAnswer> answers)
    {
        DemoTotals totals = new(answers);
        screen.Line();
        screen.Line($" [bold]One week of Ada's life.[/] Three brands want to reach her {totals.Asked} times, by");
        screen.Line($" e-mail, sms and phone. Each asks H2H Throttle first.");
        screen.Line($" She hears from them [bold green]{totals.Through}[/] times.");
        screen.Line();
        new WeekPicture(answers).Draw(screen);
        DrawLegend(screen.Console);
        screen.Line();
        totals.Show(screen);
        screen.Line();
        screen.Line($" After STOP, one order confirmation got through and nothing else: the policy");
        screen.Line($" exempts it. The e-mail that Casa had reserved for Friday was taken back at");
        screen.Line($" once, and Casa was told.");
        screen.Line();
        screen.Line($" [dim]Now you:  {Advice.StartServer}[/]");
        screen.Line($" [dim]          h2h reserve ann --channel email --purpose marketing[/]");
    }

    private static void DrawLegend(IAnsiConsole console)
    {
        Paragraph legend = new(" E e-mail   S sms   P phone      ");
        legend.Append($"E{Mark.Through.Sign}", Mark.Through.Style);
        legend.Append(" went through   ");
        legend.Append($"E{Mark.TakenBack.Sign}", Mark.TakenBack.Style);
        legend.Append(" allowed, then taken back\n");
        console.Write(legend);
    }

    private static void PrintJson(ImmutableArray<DemoAnswer> answers)
    {
        DemoTotals totals = new(answers);
        Screen.Out.PrintJson(new
        {
            totals.Asked,
            totals.Through,
            totals.TakenBack,
            totals.Refused,
            totals.Brands,
            totals.Rules,
            answers = answers.Select(static answer => new
            {
                at = answer.Contact.At.ToString("uuuu-MM-dd'T'HH:mm", null),
                answer.Contact.Brand,
                answer.Contact.Channel,
                answer.Contact.Purpose,
                fate = answer.Fate.ToString(),
                answer.Rules,
            }),
        });
    }
}
