using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;
using Spectre.Console;

namespace H2H.Throttle.Cli.Demo;

/// <summary>The week in numbers: what each brand got through, and what stood in the way of the rest.</summary>
internal sealed record DemoTotals
{
    private const int BarWidth = 20;

    private readonly ImmutableArray<DemoAnswer> answers;

    public DemoTotals(ImmutableArray<DemoAnswer> answers)
    {
        this.answers = answers;
        (Asked, Through, TakenBack, Refused) =
            (answers.Length, Count(Fate.Through), Count(Fate.TakenBack), Count(Fate.Refused));
        Brands =
        [
            .. answers.GroupBy(static answer => answer.Contact.Brand)
                .OrderBy(static brand => brand.Key, StringComparer.Ordinal)
                .Select(static brand => new BrandTotal(
                    brand.Key,
                    brand.Count(),
                    brand.Count(static answer => answer.Fate is Fate.Through),
                    brand.Count(static answer => answer.Fate is Fate.TakenBack),
                    brand.Count(static answer => answer.Fate is Fate.Refused))),
        ];
        Rules = [.. RuleNames().Select(Total)];
    }

    public int Asked { get; }

    public int Through { get; }

    public int TakenBack { get; }

    public int Refused { get; }

    /// <summary>By name.</summary>
    public ImmutableArray<BrandTotal> Brands { get; }

    /// <summary>The person's own word first, then the policy's rules in their order.</summary>
    public ImmutableArray<RuleTotal> Rules { get; }

    public void Show(Screen screen)
    {
        foreach (BrandTotal brand in Brands)
        {
            int green = (int)Math.Round(1.0 * BarWidth * brand.Through / brand.Asked);
            string through = new('█', green);
            string rest = new('░', BarWidth - green);
            string fates = string.Create(
                CultureInfo.InvariantCulture,
                $"through {brand.Through}   taken back {brand.TakenBack}   refused {brand.Refused,2}");
            screen.Line($" {brand.Brand,-7} [green]{through}[/][dim]{rest}[/]  asked {brand.Asked}   {fates}");
        }

        screen.Line();
        screen.Line($" [bold]What stood in the way[/] [dim](of a refusal's reasons the picture shows the first)[/]");
        foreach (RuleTotal rule in Rules)
        {
            Mark mark = Mark.OfRule(rule.Rule);
            screen.Console.Write(new Text($"  {mark.Sign} ", mark.Style));
            screen.Line($"{rule.Rule,-17} {rule.Refused,3}  [dim]{rule.Says}[/]");
        }
    }

    private int Count(Fate fate) => answers.Count(answer => answer.Fate == fate);

    private static IEnumerable<(string Rule, string Says)> RuleNames()
    {
        PolicyReading.Valid reading = (PolicyReading.Valid)PolicyParser.Read(DemoWeek.PolicyDocument);
        return reading.Policy.Rules
            .Select(static rule => (rule.Name, rule.Description ?? ""))
            .Prepend(("opt-out", "the person said no, and no is at once"));
    }

    private RuleTotal Total((string Rule, string Says) rule) =>
        new(rule.Rule, answers.Count(answer => answer.Rules.Contains(rule.Rule)), rule.Says);
}
